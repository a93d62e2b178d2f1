"""Whether what measures and memoranda name is there, and nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from goodstanding.catalogue.model import Pack
from goodstanding.core.errors import Refusal


def check_triggers(pack: Pack, marks: Mapping[str, str]) -> None:
    """Raise GS-PACK-075 to -078 for the first name that leads nowhere or is given twice."""
    _paths(pack, marks)
    known = {one.path: one for one in pack.measures}
    authorities = {one.path for one in pack.authorities}
    for one in pack.memoranda:
        where = marks[f"memorandum {one.path}"]
        for path in (one.keeper, *(agreed.authority for agreed in one.agreed)):
            if path not in authorities:
                raise Refusal(
                    "GS-PACK-076",
                    f"there is no authority {path!r}",
                    where=where,
                    why="An order needs somebody who owes it.",
                    remedy="Add it to authorities.yaml or correct the name.",
                )
        for agreed in one.agreed:
            if agreed.measure not in known:
                raise Refusal(
                    "GS-PACK-077",
                    f"there is no measure {agreed.measure!r}",
                    where=where,
                    remedy="Add it to measures.yaml or correct the name.",
                )
        pairs = Counter((agreed.measure, agreed.authority) for agreed in one.agreed)
        for (measure, authority), times in pairs.items():
            if times > 1:
                raise Refusal(
                    "GS-PACK-078",
                    f"{authority} carries out {measure} twice",
                    where=where,
                    why="One listing yields one order to one authority.",
                    remedy="Name it once.",
                )
    for each in pack.measures:
        if each.repeats and each.repeats not in known:
            raise Refusal(
                "GS-PACK-077",
                f"there is no measure {each.repeats!r}",
                where=marks[f"measure {each.path}"],
                remedy="Name a measure of the national basic list.",
            )


def _paths(pack: Pack, marks: Mapping[str, str]) -> None:
    """A path names one thing; a number of the basic list, of a class and of a source's table too."""
    measures, memoranda = pack.measures, pack.memoranda
    graded = [one for one in measures if one.grade]
    _once("measure", [(one.path, one.path) for one in measures], marks)
    _once("measure", [(one.number, one.path) for one in measures if one.number is not None], marks)
    _once("measure", [((one.division, one.grade, one.number_in_grade), one.path) for one in graded], marks)
    _once("memorandum", [(one.path, one.path) for one in memoranda], marks)
    _once("memorandum", [((one.table, one.number), one.path) for one in memoranda], marks)


def _once(kind: str, named: Sequence[tuple[object, str]], marks: Mapping[str, str]) -> None:
    seen: set[object] = set()
    for key, path in named:
        if key in seen:
            raise Refusal(
                "GS-PACK-075",
                f"there are two {kind} entries {key!r}",
                where=marks[f"{kind} {path}"],
                why="A path or a number of a list names one thing.",
                remedy="Rename or remove one of them.",
            )
        seen.add(key)
