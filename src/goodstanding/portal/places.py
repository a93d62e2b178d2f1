"""What a division is called: by GB/T 2260, or by the installation's own table, for codes that the standard lacks.

Registration offices give development zones codes of their own. The file `places.csv` of a home (code, zh, en) names
them; the demo names its invented province there.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

from goodstanding.catalogue.model import Title
from goodstanding.core.errors import Refusal
from goodstanding.portal import shelf
from goodstanding.portal.language import Language

FILE = "places.csv"
COLUMNS = ("code", "zh", "en")
_LEVELS = (2, 4, 6)


def place_text(scheme: str, division: str, lang: Language) -> str:
    """The names behind a code, or behind the first digits of one; a division that is no code as it is; nothing for
    an unknown code. GB/T 2260 knows Chinese names alone."""
    if not division.isdecimal():
        return division
    if len(division) not in _LEVELS or not (scheme == "usci" or scheme.startswith("cn-")):
        return ""
    code = division.ljust(6, "0")
    own, divisions = _own(_home()), shelf.divisions()
    if code in own:
        chain = dict.fromkeys(
            division[:digits].ljust(6, "0") for digits in _LEVELS if digits <= len(division)
        )
        names = [lang.of(own[one]) for one in chain if one in own]
        return "".join(names) if lang is Language.ZH else ", ".join(reversed(names))
    return divisions.full_name(code) if divisions else ""


def _home() -> Path | None:
    served = os.environ.get("GOODSTANDING_SERVED_HOME", "")
    return Path(served) / FILE if served else None


@cache
def _own(file: Path | None) -> dict[str, Title]:
    """Code → its name in both languages. Raises GS-PORTAL-041 for what is no such table."""
    if file is None or not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    if tuple(head) != COLUMNS or any(len(one) != len(COLUMNS) or not all(one) for one in rows):
        raise Refusal(
            "GS-PORTAL-041",
            "The table of this installation's places cannot be read.",
            where=str(file),
            why="It has the columns code, zh and en, and a name in both languages for each code.",
            remedy="Mend the file, or remove it: pages then name the divisions of GB/T 2260 alone.",
        )
    return {code: Title(en, zh) for code, zh, en in rows}
