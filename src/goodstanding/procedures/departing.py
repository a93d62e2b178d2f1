"""The reason code beside a decision that departs from what a rulebook proposed: one of the pack's short list.

It stands at the end of the reasons, in brackets of its own: whatever keeps, guards and forgets the reasons does so with
the code.
"""

from __future__ import annotations

import re

from goodstanding.catalogue.model import Pack, Title
from goodstanding.core.errors import Refusal
from goodstanding.procedures.deed import Outcome

DEPARTS = frozenset({Outcome.DISMISSED, Outcome.NOT_LISTED})
"""Outcomes that depart from a proposal to list."""
_CODE = re.compile(r"\s*〔([a-z][a-z-]*)〕\s*$")


def with_code(reasons: str, code: str) -> str:
    """Reasons with a code; as they are without one."""
    return f"{reasons.strip()}\n〔{code}〕" if code else reasons


def parted(reasons: str) -> tuple[str, str]:
    """Reasons and their code, which is empty where none was given."""
    found = _CODE.search(reasons)
    return (reasons[: found.start()], found.group(1)) if found else (reasons, "")


def title_of(code: str, pack: Pack | None) -> Title:
    """What a code says; itself where the pack of today does not know it any more."""
    known = pack.departures if pack else ()
    return next((one.title for one in known if one.code == code), Title(code, code))


def known_code(reasons: str, pack: Pack) -> None:
    """Raises GS-CASE-150 for a code that the pack has not."""
    _, code = parted(reasons)
    if code and code not in {one.code for one in pack.departures}:
        raise Refusal(
            "GS-CASE-150",
            "There is no such code for a departure from what was proposed.",
            where=code,
            why="What is counted must mean the same to everyone: the pack has the list.",
            remedy=f"Choose one of: {', '.join(one.code for one in pack.departures) or 'none'}.",
        )
