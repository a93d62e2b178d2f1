"""The cut-offs of quotas by rank, as a run keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goodstanding.rules.ranking import CutOff, CutOffs
from goodstanding.standing.models import Run

Key = tuple[str, date]


def said(cut_offs: Mapping[Key, CutOffs]) -> list[dict[str, object]]:
    """Cut-offs of each rulebook of a run, by path and day, as data for JSON."""
    return [
        {
            "rulebook": path,
            "on": on.isoformat(),
            "quota": quota,
            "surely": cut.surely,
            "possibly": cut.possibly,
        }
        for (path, on), cuts in cut_offs.items()
        for quota, cut in sorted(cuts.items())
    ]


def kept_by(run: Run | None) -> dict[Key, dict[str, CutOff]]:
    """The cut-offs that a run kept; none without a run: then who keeps a grade by rank cannot be told."""
    found: dict[Key, dict[str, CutOff]] = {}
    for one in run.cut_offs if run else ():
        key = (one["rulebook"], date.fromisoformat(one["on"]))
        found.setdefault(key, {})[one["quota"]] = CutOff(one["surely"], one["possibly"])
    return found


def newest_like(path: str, digest: str, on: date) -> Run | None:
    """The newest run of this rulebook, in this composition, for this day."""
    return Run.objects.filter(rulebook=path, rulebook_digest=digest, on=on).order_by("-pk").first()
