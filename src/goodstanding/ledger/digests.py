"""Keyed digests, salts and leaves of a whole batch, worked out in DuckDB.

Equal to the standard constructions for single values (tested):
key and digest are the first 128 bits of HMAC-SHA-256 (RFC 2104) under the node's secret; a leaf is
SHA-256(salt ‖ body); a salt is the first 128 bits of HMAC-SHA-256 of the row under a random secret of the
batch that is never kept.
"""

from __future__ import annotations

from dataclasses import dataclass

_BLOCK = 64


def _blob(value: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02X}" for byte in value) + "'::BLOB"


def _hmac_hex_sql(secret: bytes, message_sql: str) -> str:
    """DuckDB expression: HMAC-SHA-256 of a BLOB expression, as 64 hexadecimal digits."""
    padded = secret.ljust(_BLOCK, b"\0")
    inner = _blob(bytes(byte ^ 0x36 for byte in padded))
    outer = _blob(bytes(byte ^ 0x5C for byte in padded))
    return f"sha256({outer} || unhex(sha256({inner} || {message_sql})))"


@dataclass(frozen=True)
class SourceDigests:
    """The two digests by which rows of a source are known again, under the node's secret."""

    secret: bytes
    source: str

    def key(self, key_text_sql: str) -> str:
        """DuckDB expression: digest of a source key within its source, as a UUID of 128 bits."""
        return self._uuid(b"key\0" + self.source.encode() + b"\0", key_text_sql)

    def content(self, body_sql: str) -> str:
        """DuckDB expression: digest by which the same content is known again, as a UUID of 128 bits."""
        return self._uuid(b"content\0", body_sql)

    def _uuid(self, prefix: bytes, text_sql: str) -> str:
        hexadecimal = _hmac_hex_sql(self.secret, f"{_blob(prefix)} || encode({text_sql})")
        return f"CAST(substr({hexadecimal}, 1, 32) AS UUID)"


def salt_hex_sql(batch_secret: bytes, row_sql: str) -> str:
    """DuckDB expression: the salt of a row, as 32 hexadecimal digits."""
    return f"substr({_hmac_hex_sql(batch_secret, f'encode(CAST({row_sql} AS VARCHAR))')}, 1, 32)"


def leaf_hex_sql(salt_hex: str, body_sql: str) -> str:
    """DuckDB expression: SHA-256(salt ‖ body), as 64 hexadecimal digits."""
    return f"sha256(unhex({salt_hex}) || encode({body_sql}))"
