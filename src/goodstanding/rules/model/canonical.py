"""One byte sequence for a rulebook, and its digest.

Plain JSON after RFC 8785 over the typed nodes: comments, order of keys and spacing of the file do not count,
every number, date, title and citation does.
"""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from enum import Enum

import rfc8785

from .added import silent
from .rulebook import Rulebook

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def plain(node: object) -> Plain:
    """A node as plain data; each dataclass names its type, so that two that look alike differ."""
    if node is None or (isinstance(node, bool | int | str) and not isinstance(node, Enum)):
        return node
    if isinstance(node, Enum):
        return str(node.value)
    if isinstance(node, date):
        return node.isoformat()
    if isinstance(node, tuple | list):
        return [plain(one) for one in node]
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        fields = {
            one.name: plain(getattr(node, one.name))
            for one in dataclasses.fields(node)
            if one.name != "place" and not silent(one, getattr(node, one.name))
        }
        return {"node": type(node).__name__, **fields}
    raise TypeError(f"no plain form of {type(node).__name__}")


def canonical_bytes(rulebook: Rulebook) -> bytes:
    """The rulebook as canonical JSON, UTF-8."""
    return bytes(rfc8785.dumps(plain(rulebook)))


def digest(rulebook: Rulebook) -> str:
    """SHA-256 of the canonical model, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(rulebook)).hexdigest()


def identity(rulebook: Rulebook) -> str:
    """Path, first day in force and digest: what names one version of a rulebook."""
    return f"{rulebook.path}@{rulebook.in_force_from.isoformat()}#{digest(rulebook)}"
