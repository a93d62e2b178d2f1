"""The header: which column of the file is which column of the contract."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from goodstanding.core.errors import Refusal


def normalise(header: str) -> str:
    """A header as it is compared: full-width made narrow, white space at the ends cut and inside made one."""
    folded = unicodedata.normalize("NFKC", header).replace("\ufeff", "").replace("\u200b", "")
    return " ".join(folded.split())


def match(headers: Sequence[str], contract_columns: Sequence[str], where: str) -> tuple[str, ...]:
    """The file's headers under the contract's names; a header that the contract does not know stays itself.

    Capital and small letters are told apart only if the contract tells them apart.

    Raises:
        Refusal: GS-INTAKE-010, a header stands twice.
    """
    exact = {normalise(one): one for one in contract_columns}
    loose: dict[str, str] = {}
    for one in contract_columns:
        key = normalise(one).casefold()
        loose[key] = "" if key in loose else one
    found = []
    for header in headers:
        clean = normalise(header)
        found.append(exact.get(clean) or loose.get(clean.casefold()) or clean)
    twice = [one for one, times in Counter(found).items() if times > 1 and one in contract_columns]
    if twice:
        raise Refusal(
            "GS-INTAKE-010",
            f"the header names a column twice: {', '.join(sorted(twice))}",
            where=f"{where}, row 1",
            why="which of the two is meant cannot be told",
            remedy="name each column once, or remove the copy",
        )
    return tuple(found)
