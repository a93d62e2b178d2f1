"""What became of an organisation, and whose successor it is, as its public page says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Basis, Title
from goodstanding.core.reader import Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.queries import File, find_subject
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept
from goodstanding.portal.language import Language
from goodstanding.portal.queries import names_in
from goodstanding.procedures.models import Succession
from goodstanding.procedures.successions import came_from, now_of, successors_of


@dataclass(frozen=True)
class SuccessionRow:
    """A change with its law, the office that said so, and the other organisations, each with its name; of one that the
    reader cannot know of, nothing."""

    kind: str
    on: date
    authority: Title
    law: tuple[Basis, ...]
    evidence: str
    others: tuple[tuple[Subject, str], ...]


def became(found: File, lang: Language, reader: Reader) -> SuccessionRow | None:
    """What became of the organisation of a file; None while it is there."""
    now = now_of(found.subject)
    return _row(now, [*successors_of(now)], lang, reader) if now is not None else None


def before(found: File, lang: Language, reader: Reader) -> list[SuccessionRow]:
    """Whose successor the organisation of a file is."""
    return [_row(one, [one.subject], lang, reader) for one in came_from((found.subject.pk,))]


def _row(one: Succession, others: list[Subject], lang: Language, reader: Reader) -> SuccessionRow:
    known = [each for each in others if find_subject(str(each.public_id), reader) is not None]
    names = names_in(lang, [each.pk for each in known], reader) if known else {}
    return SuccessionRow(
        one.kind,
        one.on,
        shelf.authority_title(one.appointment.authority),
        laws_kept(one.law),
        one.evidence,
        tuple((each, names.get(each.pk, each.identifier)) for each in known),
    )
