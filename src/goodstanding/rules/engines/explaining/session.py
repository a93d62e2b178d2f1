"""A session that explains one organisation after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import TracebackType

from ...around import Around
from ...extract import Extract
from ...force import check_day
from ...lines import Assessment
from ...model import Rulebook, invalid
from ...ranking import CutOffs
from ...records import Catalogue, Subject
from ...shelf import Asked
from ..reference import assess, groups_of
from .holdings import Holdings

Key = tuple[str, date]
Schemes = Callable[[Rulebook], Collection[str] | None]


class Explaining:
    """Rulebooks, and an extract opened for them: bounds of row groups, endings and ties are read once.

    Args:
        order: as `Shelf.order` gives it; the last is the rulebook that is asked about.
        catalogue: items by full path.
        extract: the parts of the ledger; what is passed in is what is known.
        cut_offs: of the quotas of a run over everyone, by path and day; without them, who keeps a grade by
            rank cannot be told.
        schemes: the identifier schemes by which a rulebook's subjects are known; None: every subject of a
            fitting kind.

    Use as a context manager, or call `close`: it holds the parts open.

    Raises:
        Refusal: GS-RULES-026 (day), 027 (parts), 028 (merges).
    """

    def __init__(
        self,
        order: Sequence[Asked],
        catalogue: Catalogue,
        extract: Extract,
        cut_offs: Mapping[Key, CutOffs] | None = None,
        schemes: Schemes = lambda _: None,
    ) -> None:
        for one in order:
            check_day(one.rulebook, one.on)
        self.order = order
        self.catalogue = catalogue
        self.cut_offs = cut_offs or {}
        self.coverage = extract.coverage
        self.schemes = schemes
        self.holdings: dict[date, Holdings] = {}
        for one in order:
            if one.on not in self.holdings:
                self.holdings[one.on] = Holdings(extract, one.on)

    def of(self, subject_id: int) -> Assessment:
        """The assessment that a run over everyone gives, with its lines.

        Raises:
            Refusal: GS-RULES-021, 022 (catalogue), 032 if the subject is not assessed by this rulebook,
                047 (a number of more than 64 bits).
        """
        results: dict[Key, Assessment] = {}
        for one in self.order:
            holdings = self.holdings[one.on]
            target = holdings.into.get(subject_id, subject_id)
            subject = holdings.subject(target, one.rulebook.subject_kinds, self.schemes(one.rulebook))
            if subject is not None:
                results[one.key] = self._assess(one, holdings, subject, results)
        asked = self.order[-1]
        if asked.key not in results:
            raise invalid(
                32,
                f"{asked.rulebook.path} does not assess subject {subject_id}",
                why=f"it assesses {', '.join(asked.rulebook.subject_kinds)}",
                remedy="ask about a subject of such a kind",
            )
        return results[asked.key]

    def _assess(
        self, asked: Asked, holdings: Holdings, subject: Subject, results: Mapping[Key, Assessment]
    ) -> Assessment:
        own = holdings.of(subject.subject_id)
        groups = {kinds: holdings.group(subject.subject_id, kinds) for kinds in groups_of(asked.rulebook)}
        around = Around(dict(results), groups, self.cut_offs.get(asked.key, {}), self.coverage)
        return assess(asked.rulebook, self.catalogue, subject, own, asked.on, around)

    def close(self) -> None:
        """Let the parts go."""
        for one in self.holdings.values():
            one.close()

    def __enter__(self) -> Explaining:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
