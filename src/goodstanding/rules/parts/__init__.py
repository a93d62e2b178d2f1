"""Parquet files that someone hands in: what is wrong with them is said before anything runs on them."""

from .columns import COLUMNS, check_columns, looked_at
from .contents import check_contents
from .numbers import read_items, read_merges

__all__ = ["COLUMNS", "check_columns", "check_contents", "looked_at", "read_items", "read_merges"]
