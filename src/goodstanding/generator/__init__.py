"""The fictional province: agencies' files, a clean file for measuring, and an extract, all from a seed."""

from goodstanding.generator.extract import ExtractFiles, ExtractItem, generate_extract
from goodstanding.generator.flat import FlatFiles, generate_flat
from goodstanding.generator.province import Province, SentFile, generate_province

__all__ = [
    "ExtractFiles",
    "ExtractItem",
    "FlatFiles",
    "Province",
    "SentFile",
    "generate_extract",
    "generate_flat",
    "generate_province",
]
