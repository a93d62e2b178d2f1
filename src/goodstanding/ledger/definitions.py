"""What a database says of its own schema: each object's definition, as the server itself writes it down.

Both sides of a comparison are read by the same queries from the same server, so that no version of PostgreSQL needs a
list of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

Definitions = dict["Named", str]
"""What is defined → how."""


@dataclass(frozen=True, order=True)
class Named:
    """One thing in the schema: a table, a constraint of one, a privilege of a role on it."""

    kind: str
    name: str


_OURS = "c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"
_TABLES = "c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
_SIGNED = "p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"
_NO_EXTENSION = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
_TO = "coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type"
_GRANTED = "CASE WHEN a.is_grantable THEN 'and may grant it' ELSE '' END"

_QUERIES = (
    # Tables, views and sequences: what they are, whose, under which rules and parents.
    f"""
    SELECT 'table', c.relname, concat_ws(' ', c.relkind, c.relpersistence, 'owner', pg_get_userbyid(c.relowner),
        'row security', c.relrowsecurity, c.relforcerowsecurity,
        'parents', (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhparent::regclass::text)
                    FROM pg_inherits i WHERE i.inhrelid = c.oid),
        'children', (SELECT string_agg(i.inhrelid::regclass::text, ',' ORDER BY i.inhrelid::regclass::text)
                     FROM pg_inherits i WHERE i.inhparent = c.oid),
        pg_get_expr(c.relpartbound, c.oid), CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
        CASE WHEN c.relkind IN ('v', 'm') THEN concat_ws(' ', c.reloptions::text, pg_get_viewdef(c.oid)) END)
    FROM pg_class c WHERE {_OURS}
    """,
    f"""
    SELECT 'column', c.relname || '.' || t.attname, concat_ws(' ', format_type(t.atttypid, t.atttypmod),
        'not null', t.attnotnull, 'identity', t.attidentity, 'generated', t.attgenerated,
        pg_get_expr(d.adbin, d.adrelid), CASE WHEN t.attcollation <> 0 THEN t.attcollation::regcollation::text END)
    FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = t.attnum WHERE {_TABLES}
    """,
    f"""
    SELECT 'constraint', c.relname || '.' || n.conname, pg_get_constraintdef(n.oid)
    FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid WHERE {_TABLES} AND n.contype NOT IN ('n', 't')
    """,
    f"""
    SELECT 'unique index', c.relname || '.' || x.relname, concat_ws(' ', pg_get_indexdef(i.indexrelid),
        CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indimmediate) THEN 'not in force' END)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE {_TABLES} AND i.indisunique
    """,
    f"""
    SELECT 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
        || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' switched off or changed: ' || t.tgenabled::text END
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE {_TABLES} AND NOT t.tgisinternal
    """,
    f"""
    SELECT 'trigger', c.relname || '.' || n.conname || ' (foreign key)', 'switched off'
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_constraint n ON n.oid = t.tgconstraint
    WHERE {_TABLES} AND t.tgisinternal AND t.tgenabled <> 'O' GROUP BY 2
    """,
    f"""
    SELECT 'rule', c.relname || '.' || w.rulename, pg_get_ruledef(w.oid)
    FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class WHERE {_TABLES} AND w.rulename <> '_RETURN'
    """,
    f"""
    SELECT 'policy', c.relname || '.' || w.polname, concat_ws(' ', w.polcmd::text, w.polpermissive,
        pg_get_expr(w.polqual, w.polrelid), pg_get_expr(w.polwithcheck, w.polrelid))
    FROM pg_policy w JOIN pg_class c ON c.oid = w.polrelid WHERE {_TABLES}
    """,
    f"""
    SELECT 'function', {_SIGNED}, 'owner ' || pg_get_userbyid(p.proowner) || ' '
        || CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND {_NO_EXTENSION}
    """,
    f"""
    SELECT 'operator', p.oid::regoperator::text, p.oprcode::text
    FROM pg_operator p WHERE p.oprnamespace = 'public'::regnamespace AND {_NO_EXTENSION}
    """,
    # Privileges of anyone but the owner. Reading or drawing numbers from a sequence harms nothing.
    f"""
    SELECT 'privilege', c.relname || ': ' || {_TO}, {_GRANTED} FROM pg_class c
    CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE {_OURS} AND a.grantee <> c.relowner
      AND NOT (c.relkind = 'S' AND a.privilege_type IN ('USAGE', 'SELECT'))
    """,
    f"""
    SELECT 'privilege', c.relname || '.' || t.attname || ': ' || {_TO}, {_GRANTED}
    FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid AND NOT t.attisdropped
    CROSS JOIN LATERAL aclexplode(t.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE {_OURS} AND a.grantee <> c.relowner
    """,
    f"""
    SELECT 'privilege', {_SIGNED} || ': ' || {_TO}, {_GRANTED} FROM pg_proc p
    CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.pronamespace = 'public'::regnamespace AND {_NO_EXTENSION} AND a.grantee <> p.proowner
    """,
)


def definitions(cursor: CursorWrapper) -> Definitions:
    """All that is defined in the schema `public` of the connected database."""
    found: Definitions = {}
    for query in _QUERIES:
        cursor.execute(query)
        found.update({Named(str(kind), str(name)): str(how) for kind, name, how in cursor.fetchall()})
    return found


def around(cursor: CursorWrapper, roles: tuple[str, ...]) -> list[tuple[str, str]]:
    """What undoes guards from beside the schema: (about, what). Nothing is as it must be.

    Args:
        roles: that must stay without rights beyond what tables grant: app and reader.
    """
    found: list[tuple[str, str]] = []
    for query, what in (
        (
            "SELECT m.rolname || ' in ' || g.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
            " JOIN pg_roles g ON g.oid = a.roleid WHERE m.rolname = ANY(%s)",
            "The role has the rights of another one.",
        ),
        (
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolcreaterole OR rolcreatedb"
            " OR rolreplication OR rolbypassrls)",
            "The role has rights over the whole server.",
        ),
        (
            "SELECT r FROM unnest(%s::text[]) r WHERE has_schema_privilege(r, 'public', 'CREATE')"
            " OR has_database_privilege(r, current_database(), 'CREATE')",
            "The role may make tables and functions beside ours.",
        ),
        (
            "SELECT nspname FROM pg_namespace WHERE nspname = ANY(%s) OR nspname = current_user",
            "The schema is named like a role: its tables would stand before ours.",
        ),
        (
            "SELECT c FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) c LEFT JOIN pg_roles r"
            " ON r.oid = s.setrole WHERE (s.setdatabase = 0 OR s.setdatabase ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()))"
            " AND (s.setrole = 0 OR r.rolname = ANY(%s))"
            " AND split_part(c, '=', 1) IN ('session_replication_role', 'search_path', 'role')",
            "The setting turns guards off, or puts other tables before ours.",
        ),
    ):
        cursor.execute(query, [list(roles)])
        found += [(str(about), what) for (about,) in cursor.fetchall()]
    return found
