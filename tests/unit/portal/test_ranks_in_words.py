"""A quota by rank in the steps to a grade: who keeps it, who does not, and of whom it cannot be told."""

from __future__ import annotations

import pytest

from goodstanding.portal.language import Language
from goodstanding.portal.prose import workings_text
from goodstanding.rules.around import Around
from goodstanding.rules.engines.workings import work_out
from goodstanding.rules.ranking import CutOff
from goodstanding.rules.records import Subject
from tests.unit.rules.invented import CATALOGUE
from tests.unit.rules.test_ranks_and_groups import ON, book, quota


@pytest.mark.parametrize(
    ("cut", "english", "chinese"),
    [
        (10_000, "Invented: among the best, and so A stays.", "虚构：排名在限额以内，保留A。"),
        (10_001, "Invented: not among the best, and so B instead of A.", "虚构：排名超出限额，由A改为B。"),
        (
            None,
            "Invented: whether it is among the best cannot be told; A or B.",
            "虚构：是否在限额以内尚无法判断，为A或B。",
        ),
    ],
)
def test_a_rank_is_said_after_the_band(cut: int | None, english: str, chinese: str) -> None:
    ranked = book(quotas=(quota(5_000),))
    around = Around(cut_offs={} if cut is None else {"best": CutOff(cut, cut)})
    worked = work_out(ranked, CATALOGUE, Subject(1, "enterprise"), [], ON, around)
    assert workings_text(ranked, worked, Language.EN).decided[1:] == (english,)
    assert workings_text(ranked, worked, Language.ZH).decided[1:] == (chinese,)
