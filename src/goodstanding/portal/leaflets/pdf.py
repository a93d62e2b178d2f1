"""A leaflet as PDF: tagged for screen readers (PDF/UA-1), fit to be kept (PDF/A-2a), with its font inside.

The same leaflet gives the same bytes: the only day in it is the one that the caller names.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

import typst

from goodstanding.portal.language import Language
from goodstanding.portal.leaflets.blocks import Leaflet

_HERE = Path(__file__).parent
_FONTS = _HERE / "third_party"


def as_pdf(leaflet: Leaflet, *, on: date, foot: str = "") -> bytes:
    """The page on A4 paper; `leaflet.above` heads each sheet and `foot` closes it, with the number of sheets.

    Args:
        on: the day of the document, which is never that of the clock.
    """
    china = leaflet.lang is Language.ZH
    told = {
        "title": leaflet.title,
        "above": leaflet.above,
        "foot": foot,
        "on": on.isoformat(),
        "lang": "zh" if china else "en",
        "region": "CN" if china else "GB",
        "blocks": [{"kind": type(one).__name__.lower(), **asdict(one)} for one in leaflet.blocks],
    }
    made = typst.compile(
        _layout(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_printable(told))},
        pdf_standards=["a-2a", "ua-1"],
    )
    if not isinstance(made, bytes):
        raise AssertionError("a PDF is one file")
    return made


def _printable(told: object) -> object:
    """The same with each character that the font lacks as its number: nobody signs an empty box."""
    if isinstance(told, str):
        known = _characters()
        return "".join(one if one in known or one == "\n" else f"〔U+{ord(one):04X}〕" for one in told)
    if isinstance(told, dict):
        return {name: one if name == "svg" else _printable(one) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [_printable(one) for one in told]
    return told


@cache
def _characters() -> frozenset[str]:
    return frozenset((_FONTS / "characters.txt").read_text(encoding="utf-8"))


@cache
def _layout() -> bytes:
    return (_HERE / "paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Ours alone: what is installed on the machine makes no difference."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
