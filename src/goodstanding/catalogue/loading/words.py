"""What every file of a pack uses: titles in both languages, bases in law, names, choices."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from typing import TypeVar

import duckdb

from goodstanding.catalogue.loading.marks import Cell
from goodstanding.catalogue.model import Basis, Title
from goodstanding.core.errors import Refusal

Choice = TypeVar("Choice", bound=StrEnum)

_NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_LOOK_AROUND = re.compile(r"\(\?(=|!|<=|<!|>|P=|\()|\\[1-9]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_title(cell: Cell) -> Title:
    """A title in English and in Chinese. Raises GS-PACK-010 where one of them is missing."""
    for key, language in (("en", "English"), ("zh", "Chinese")):
        if not cell.is_mapping() or key not in dict(cell.pairs()):
            raise Refusal(
                "GS-PACK-010",
                f"the title has no {language} text",
                where=cell.where,
                why="Everything that is shown is shown in both languages.",
                remedy="Write title: {en: …, zh: …}.",
            )
    block = cell.block("en zh")
    title = Title(block.text("en"), block.text("zh"))
    if not _HAN.search(title.zh):
        raise Refusal(
            "GS-PACK-010",
            "the Chinese title is not Chinese",
            where=block["zh"].where,
            why="Everything that is shown is shown in both languages.",
            remedy="Translate it.",
        )
    return title


def read_basis(cell: Cell) -> Basis:
    """A law: instrument, article, and whether it is uncertain."""
    block = cell.block("instrument", "article uncertain")
    return Basis(block.text("instrument"), block.text("article"), block.flag("uncertain"))


def read_name(cell: Cell) -> str:
    """A short name that paths are made of. Raises GS-PACK-011."""
    name = cell.text()
    if not _NAME.fullmatch(name):
        raise Refusal(
            "GS-PACK-011",
            f"{name!r} is no name",
            where=cell.where,
            remedy="Small Latin letters and digits, parted by . _ or -.",
        )
    return name


def read_choice(cell: Cell, choices: type[Choice]) -> Choice:
    """One of a closed list of words. Raises GS-PACK-012."""
    word = cell.text()
    read_word(cell, [one.value for one in choices])
    return choices(word)


def read_word(cell: Cell, words: Collection[str]) -> str:
    """One of these words. Raises GS-PACK-012."""
    word = cell.text()
    if word not in words:
        raise Refusal(
            "GS-PACK-012",
            f"{word!r} is not possible here",
            where=cell.where,
            remedy=f"One of: {', '.join(sorted(words))}.",
        )
    return word


def read_pattern(cell: Cell) -> str:
    """A regular expression that RE2 and Python read alike. Raises GS-PACK-013."""
    pattern = cell.text()
    try:
        re.compile(pattern)
    except re.error as error:
        raise Refusal(
            "GS-PACK-013", "not a regular expression", where=cell.where, why=str(error), remedy="Mend it."
        ) from error
    if _LOOK_AROUND.search(pattern):
        raise Refusal(
            "GS-PACK-013",
            "looking around and back-references are not possible in a pattern",
            where=cell.where,
            why="Checks run over millions of rows in an engine without them (RE2).",
            remedy="Use `unless:` and `also:`.",
        )
    complaint = _complaint_of_re2(pattern)
    if complaint:
        raise Refusal(
            "GS-PACK-013",
            "the engine that checks rows cannot read this regular expression",
            where=cell.where,
            why=complaint,
            remedy="Keep to RE2: a repetition counts to 1000 at most.",
        )
    return pattern


@cache
def _complaint_of_re2(pattern: str) -> str:
    """What RE2 says against the pattern, empty if it reads it; Python's `re` allows more."""
    try:
        _engine().cursor().execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
    except duckdb.Error as error:
        return str(error)
    return ""


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")
