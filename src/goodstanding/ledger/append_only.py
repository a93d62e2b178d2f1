"""A table of a room as every table of the ledger is: its rows join the open event, and none is changed or removed."""

from __future__ import annotations


def append_only(*tables: str) -> str:
    """The SQL that makes tables so, with the privileges of app and reader. Each has `id` and `event_id`."""
    return "\n".join(_one(name) for name in tables)


def _one(name: str) -> str:
    return f"""
CREATE TRIGGER {name}_event AFTER INSERT ON {name} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_rows_join_open_event();
CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
REVOKE ALL ON {name} FROM PUBLIC;
GRANT SELECT, INSERT ON {name} TO goodstanding_app;
GRANT SELECT ON {name} TO goodstanding_reader;
GRANT USAGE ON SEQUENCE {name}_id_seq TO goodstanding_app;
"""
