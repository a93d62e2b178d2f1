"""How a process reaches PostgreSQL, as Django wants to hear it.

A process says once, before Django starts, which roles it will use: `use_server` puts the connection
strings into the environment, and the settings read them from there, so that child processes (the web
server's workers) get the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from typing import Any, Protocol

from psycopg.conninfo import conninfo_to_dict

from goodstanding.postgres import Role

PREFIX = "GOODSTANDING_DSN_"
_FIELDS = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT", "dbname": "NAME"}


class Server(Protocol):
    """Anything that knows the connection string of a role: a lease on the embedded server, or a named one."""

    def dsn(self, role: Role) -> str:
        """A libpq connection string."""
        ...


def use_server(server: Server, default: Role, environment: MutableMapping[str, str] | None = None) -> None:
    """Make `default` the role of Django's default connection; owner stays reachable as alias `owner`."""
    target = os.environ if environment is None else environment
    target[PREFIX + "DEFAULT"] = server.dsn(default)
    if default is Role.APP:
        target[PREFIX + "OWNER"] = server.dsn(Role.OWNER)
    else:
        target.pop(PREFIX + "OWNER", None)


def _connection(dsn: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    settings: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options}
    for key, value in conninfo_to_dict(dsn).items():
        if key in _FIELDS:
            settings[_FIELDS[key]] = str(value)
        else:
            options[key] = value
    # For the statements that ask for it (office/statements.py); Django's own cursors never prepare any.
    options["prepare_threshold"] = 5
    settings["CONN_MAX_AGE"] = None
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


def databases_from_environment(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Without a server only what needs none (checks, makemigrations) works."""
    found = {
        name[len(PREFIX) :].lower(): _connection(dsn)
        for name, dsn in environment.items()
        if name.startswith(PREFIX)
    }
    if "default" not in found:
        found["default"] = {"ENGINE": "django.db.backends.dummy"}
    return found
