"""How officials use their discretion: how often each authority departs from what a rulebook proposed.

Counts alone are published, never a case: who was not listed is nobody's business. Small groups are not told apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Subquery

from goodstanding.catalogue.procedure import Act
from goodstanding.ledger.models import Content, Ending
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.departing import parted
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.tallies import Decided, Tallies, tally

CLASSES = "registration.classes"
"""The item of a pack that states the type of registration (`ownership`) and the size of an organisation."""


def uses(before: date | None = None) -> Tallies:
    """The use of discretion, by authority, list and class of organisation.

    Args:
        before: count what was decided before this day. Whoever publishes counts up to the end of a month: from
            counts that change with each case, a case could be told.
    """
    return tally(_decided(before))


def _decided(before: date | None) -> Iterator[Decided]:
    newest = Step.objects.filter(case=OuterRef("pk"), act__in=[Act.REVIEW, Act.DECIDE]).order_by("-number")
    cases = (
        Case.objects.filter(kind="listing")
        .filter(Exists(newest))
        .annotate(
            came=Subquery(newest.values("outcome")[:1]),
            came_on=Subquery(newest.values("on")[:1]),
            said=Subquery(newest.values("reasons")[:1]),
            path=F("procedure__path"),
        )
    )
    if before is not None:
        cases = cases.filter(came_on__lt=before)
    rows = list(
        cases.values_list("authority", "path", "subject__kind", "subject_id", "came", "proposed_by", "said")
    )
    classes = classes_of({row[3] for row in rows})
    for authority, path, kind, subject, came, proposed, said in rows:
        name = {
            Outcome.DISMISSED: "at_review",
            Outcome.NOT_LISTED: "after_notice",
            Outcome.LISTED: "listed" if proposed else "unproposed",
        }.get(Outcome(came or ""))
        if name is not None:
            yield Decided(
                authority, path, kind, *classes.get(subject, ("", "")), came=name, why=parted(said or "")[1]
            )


def classes_of(subjects: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Type of registration and size of organisations, as the register of classes states them now; empty if not."""
    ended = Ending.objects.filter(record=OuterRef("record"))
    stated = Content.objects.filter(
        subject__in=set(subjects), item__path__endswith=f"/{CLASSES}", access=0
    ).exclude(Exists(ended))
    found: dict[int, tuple[str, str]] = {}
    for subject, body in stated.order_by("record_id").values_list("subject_id", "body"):
        fields = json.loads(body).get("fields", {})
        found[subject] = (fields.get("ownership", ""), fields.get("size", ""))
    return found
