"""Titles in both languages, and the law that is named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """A title in both languages of the product."""

    en: str
    zh: str


@dataclass(frozen=True)
class Basis:
    """A law: instrument and, where stated, its article."""

    instrument: str
    article: str = ""
    uncertain: bool = False
