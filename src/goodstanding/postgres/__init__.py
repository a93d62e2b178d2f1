"""PostgreSQL, the only database: the embedded server or a named one, its roles, and COPY.

with connect_server(home) as lease:
    with psycopg.connect(lease.dsn(Role.APP)) as connection:
        ...
"""

from goodstanding.postgres.copying import copy_csv, copy_out
from goodstanding.postgres.embedded import open_cluster
from goodstanding.postgres.lease import Lease
from goodstanding.postgres.removal import remove_cluster
from goodstanding.postgres.roles import DATABASE, Role, ensure_roles, scratch_database
from goodstanding.postgres.server import connect_server

__all__ = [
    "DATABASE",
    "Lease",
    "Role",
    "connect_server",
    "copy_csv",
    "copy_out",
    "ensure_roles",
    "open_cluster",
    "remove_cluster",
    "scratch_database",
]
