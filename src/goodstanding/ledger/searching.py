"""Search for subjects by identifier or by a part of a name."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.core.names import name_key
from goodstanding.core.reader import PUBLIC, Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.queries import current_names, find_subject
from goodstanding.ledger.visibility import as_seen, names_visible_to, subjects_visible_to

MOST = 1000  # nobody reads further; a wider search says so, and counts no further


@dataclass(frozen=True)
class Found:
    """One stretch of what a search finds.

    `hits` are subjects, each with the name that matched; `total` counts all that were found, up to `MOST`,
    and `more` says that there are others beyond it.
    """

    hits: tuple[tuple[Subject, str], ...]
    total: int
    more: bool


def search(text: str, reader: Reader = PUBLIC, *, limit: int = 50, offset: int = 0) -> Found:
    """Subjects by identifier or by a part of a name: the identifier first, then names that begin so.

    Found, shown and counted is only what the reader may know.
    """
    matched: dict[int, str] = {}
    exact = find_subject(text, reader)
    if exact is not None:
        matched[exact.pk] = current_names([exact.pk], reader).get(exact.pk, exact.identifier)
    key = name_key(text)
    if key:
        # Names that begin with the words come first: they answer from the index.
        for lookup in ("key__startswith", "key__contains"):
            if len(matched) <= MOST:
                _add(matched, lookup, key, reader)
    pks = list(matched)[:MOST]
    wanted = pks[offset : offset + limit]
    subjects = as_seen(subjects_visible_to(reader).filter(pk__in=wanted), reader)
    hits = tuple((subjects[pk], matched[pk]) for pk in wanted)
    return Found(hits, len(pks), len(matched) > MOST)


def _add(matched: dict[int, str], lookup: str, key: str, reader: Reader) -> None:
    rows = names_visible_to(reader).filter(**{lookup: key}).order_by("key", "id")
    # A subject has several names: more are read than subjects are wanted.
    for pk, name in rows.values_list("subject_id", "text")[: 4 * (MOST + 1)]:
        matched.setdefault(pk, name)
        if len(matched) > MOST:
            return
