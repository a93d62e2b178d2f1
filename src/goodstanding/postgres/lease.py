"""The right to use a server, for as long as it is held; the same for the embedded one and a named one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from psycopg.conninfo import make_conninfo

from goodstanding.postgres.roles import DATABASE, Role


def nothing() -> None:
    """What a view of a lease does when it is closed: the lease itself goes on."""


@dataclass(frozen=True)
class Lease:
    """A server that may be used until `close`, or the end of the `with` block.

    Args:
        home: the home whose server this is.
        psql: the path of a psql that fits the server.
        embedded: whether it is our own server, which stops when the last lease is closed.
        logins: connection parameters by role.
        admin: connection parameters for maintenance (VACUUM FULL, CHECKPOINT): the superuser of the embedded
            server, the owner on a named one.
    """

    home: Path
    psql: Path
    embedded: bool
    logins: Mapping[Role, Mapping[str, str]] = field(repr=False)  # they may hold passwords
    admin: Mapping[str, str] = field(repr=False)
    database: str = DATABASE
    release: Callable[[], None] = field(default=nothing, repr=False)
    revive: Callable[[], None] = field(default=nothing, repr=False)

    def dsn(self, role: Role) -> str:
        """libpq's connection string for a role. It may hold a password: never print it."""
        return make_conninfo("", **{**self.logins[role], "dbname": self.database})

    def admin_dsn(self) -> str:
        """libpq's connection string for maintenance."""
        return make_conninfo("", **{**self.admin, "dbname": self.database})

    def on(self, database: str) -> Lease:
        """The same server with another database; closing the view leaves this lease open."""
        return replace(self, database=database, release=nothing)

    def ensure_running(self) -> None:
        """Bring the embedded server back if its keeper was killed; does nothing while it runs."""
        self.revive()

    def close(self) -> None:
        """Give the lease back; the embedded server stops when nobody holds one. Closing twice is allowed."""
        self.release()

    def __enter__(self) -> Lease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
