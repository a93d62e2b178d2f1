"""What stands in the database beside the schema that Goodstanding defines: nothing should.

A function that acts with its owner's rights does what no guard lets the app role do, wherever it is; a view shows what
pages filter; a table keeps what is erased. Whether one of them is harmless cannot be told from here, so that each is
said. Temporary schemas are their sessions' own, and what belongs to an extension of the server's administrator is the
server's; an extension of the database's owner could hide anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

_FIRST_MADE_HERE = 16384  # FirstNormalObjectId: objects of the server itself have smaller numbers
_ELSEWHERE = "n.nspname !~ '^pg_' AND n.nspname NOT IN ('public', 'information_schema')"
_SYSTEM = "n.nspname IN ('pg_catalog', 'information_schema')"
_MEMBER = (
    "EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{catalog}'::regclass AND d.objid = {it}.oid"
    " AND d.deptype = 'e')"
)


def _planted(catalog: str, it: str) -> str:
    """Made by somebody, in a schema of theirs or among the server's own objects, and of no extension."""
    member = _MEMBER.format(catalog=catalog, it=it)
    return f"({_ELSEWHERE} OR {_SYSTEM} AND {it}.oid >= {_FIRST_MADE_HERE}) AND NOT {member}"


_QUERIES = (
    (
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {_planted('pg_class', 'c')}",
        "The table or view keeps or shows what erasures and access classes do not reach.",
    ),
    (
        "SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE p.prosecdef AND {_planted('pg_proc', 'p')}",
        "The function acts with the rights of its owner, past every guard.",
    ),
    (
        "SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE NOT p.prosecdef AND {_planted('pg_proc', 'p')}",
        "The function could be called in the place of another.",
    ),
    (
        "SELECT n.nspname || '.' || o.oprname FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace"
        f" WHERE {_planted('pg_operator', 'o')}",
        "The operator could be called in the place of another.",
    ),
    (
        "SELECT format_type(c.castsource, NULL) || ' as ' || format_type(c.casttarget, NULL) FROM pg_cast c"
        f" WHERE c.oid >= {_FIRST_MADE_HERE} AND NOT {_MEMBER.format(catalog='pg_cast', it='c')}",
        "The cast changes what conditions of guards mean.",
    ),
    ("SELECT evtname FROM pg_event_trigger", "The event trigger acts whenever something is defined."),
    ("SELECT pubname FROM pg_publication", "The publication sends what is written to another server."),
    (
        "SELECT subname FROM pg_subscription WHERE subdbid ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())",
        "The subscription writes what another server sends, and no trigger sees it.",
    ),
    (
        "SELECT DISTINCT pg_get_userbyid(a.defaclrole) || ' to ' || coalesce(r.rolname, 'PUBLIC') || ': '"
        " || g.privilege_type FROM pg_default_acl a CROSS JOIN LATERAL aclexplode(a.defaclacl) g"
        " LEFT JOIN pg_roles r ON r.oid = g.grantee WHERE g.grantee <> a.defaclrole"
        " AND NOT (a.defaclobjtype = 'f' AND g.grantee = 0)",
        "The privilege is given to whatever is made from now on.",
    ),
    (
        "SELECT extname FROM pg_extension WHERE extowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        " AND extname <> 'plpgsql'",
        "The extension is the database owner's, who can make anything a part of it.",
    ),
)


def outside(cursor: CursorWrapper) -> list[tuple[str, str]]:
    """What stands beside the schema `public`: (about, what), by name. Nothing is as it must be."""
    found: list[tuple[str, str]] = []
    for query, what in _QUERIES:
        cursor.execute(query)
        found += [(str(about), what) for (about,) in sorted(cursor.fetchall())]
    return found
