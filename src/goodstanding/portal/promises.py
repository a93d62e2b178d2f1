"""Commitments for a page: each promise in the reader's language, where it was written in it, with its day and law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Basis, Title
from goodstanding.ledger.queries import File
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept
from goodstanding.portal.language import Language
from goodstanding.procedures.commitments import Commitment, Line, public_commitments


@dataclass(frozen=True)
class PromiseRow:
    """One promise. `text` is empty where its words went with the texts of the case."""

    line: Line
    text: str
    law: tuple[Basis, ...]


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment with the authority that accepted it, and what was promised."""

    one: Commitment
    authority: Title
    rows: tuple[PromiseRow, ...]


def promises_on(found: File, day: date, lang: Language) -> list[CommitmentRow]:
    """The commitments that the public page of a file shows on a day."""
    subjects = {found.subject.pk, *(one.pk for one in found.merged)}
    return commitment_rows(public_commitments(subjects, day, shelf.procedure_by_digest), lang)


def commitment_rows(commitments: Iterable[Commitment], lang: Language) -> list[CommitmentRow]:
    """Commitments with the words that a page says."""
    return [
        CommitmentRow(
            one,
            shelf.authority_title(one.case.authority),
            tuple(
                PromiseRow(
                    line,
                    _in(line, lang),
                    laws_kept(line.law),
                )
                for line in one.lines
            ),
        )
        for one in commitments
    ]


def _in(line: Line, lang: Language) -> str:
    first, second = line.promise.en, line.promise.zh
    return (second or first) if lang is Language.ZH else (first or second)
