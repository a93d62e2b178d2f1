"""The settings that the embedded server starts with, written anew at every start."""

from __future__ import annotations

import os
from pathlib import Path

from goodstanding.postgres.roles import ADMIN, Role

LOCAL = "postgresql.local.conf"
_MIB = 1 << 20
_MAP = "goodstanding"


def write_configuration(data: Path, socket_folder: Path, admitted: list[str]) -> None:
    """Write postgresql.conf, pg_hba.conf and pg_ident.conf.

    Args:
        data: the cluster's data folder.
        socket_folder: the only place where the server listens.
        admitted: names of the operating system's users who may become any of the roles.
    """
    (data / "postgresql.conf").write_text(server_settings(socket_folder), "utf-8")
    roles = [ADMIN, *(role.value for role in Role)]
    (data / "pg_hba.conf").write_text(
        f"# Written by Goodstanding at every start. Nobody is trusted.\n"
        f"local all {','.join(roles)} peer map={_MAP}\n",
        "utf-8",
    )
    lines = [f"{_MAP} {_quoted(user)} {role}\n" for user in admitted for role in roles]
    (data / "pg_ident.conf").write_text(
        "# Written by Goodstanding at every start.\n" + "".join(lines), "utf-8"
    )


def server_settings(socket_folder: Path) -> str:
    """postgresql.conf as text: made for bulk loading on two cores, modest on a laptop."""
    memory = memory_bytes()
    settings: dict[str, str] = {
        "listen_addresses": "''",
        "unix_socket_directories": _literal(str(socket_folder)),
        "unix_socket_permissions": "0700",
        "port": "5432",
        "max_connections": "50",
        "password_encryption": "scram-sha-256",
        # Memory.
        "shared_buffers": f"{min(memory // 4, 1024 * _MIB) // _MIB}MB",
        "effective_cache_size": f"{memory // 2 // _MIB}MB",
        "work_mem": f"{_bounded(memory // 128, 8, 64)}MB",
        "maintenance_work_mem": f"{_bounded(memory // 16, 64, 512)}MB",
        "dynamic_shared_memory_type": _dynamic_memory(),
        # Durable, and sparing with log segments: an erased record must not live on in a recycled one.
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "wal_compression": "pglz",
        "wal_recycle": "off",
        "min_wal_size": "32MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        # Planning.
        "jit": "off",
        "random_page_cost": "1.1",
        # One meaning of every value.
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "datestyle": "'ISO, YMD'",
        "lc_messages": "'C'",
        # The log tells of the server, never of content: no statement, no parameter, no DETAIL with the
        # values of a key, and no ERROR either, because "invalid input syntax …" quotes the value.
        "log_destination": "'stderr'",
        "logging_collector": "off",
        "log_line_prefix": "'%m [%p] '",
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_min_duration_sample": "-1",
        "log_transaction_sample_rate": "0",
        "log_duration": "off",
        "log_lock_waits": "off",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
        "log_autovacuum_min_duration": "-1",
        "log_checkpoints": "off",
    }
    lines = [f"{name} = {value}\n" for name, value in settings.items()]
    return (
        f"# Written by Goodstanding at every start; your own settings go into {LOCAL} beside this file.\n"
        f"{''.join(lines)}include_if_exists = '{LOCAL}'\n"
    )


def memory_bytes() -> int:
    """The memory that this machine, or the container, has."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.is_file():
        stated = limit.read_text("utf-8").strip()
        if stated.isdigit():
            return min(machine, int(stated))
    return machine


def _dynamic_memory() -> str:
    """Containers often have a /dev/shm of 64 MB, which a parallel query overflows; files always work."""
    shared = Path("/dev/shm")
    if not shared.is_dir():
        return "mmap"
    found = os.statvfs(shared)
    return "posix" if found.f_blocks * found.f_frsize >= 1024 * _MIB else "mmap"


def _bounded(size: int, low: int, high: int) -> int:
    return max(low, min(high, size // _MIB))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    """A user's name in pg_ident.conf; quoted, a leading slash is still a pattern, so it is refused."""
    if name.startswith("/") or '"' in name or "\n" in name:
        raise ValueError(f"not a name of a user: {name!r}")
    return f'"{name}"'
