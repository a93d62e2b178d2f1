"""Tables of the office, one idea a module. None is part of the ledger: rows here change and go."""

from goodstanding.office.models.account import Account

__all__ = ["Account"]
