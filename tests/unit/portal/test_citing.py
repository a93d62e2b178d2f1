"""What a pack holds of a law is shown wherever the law is named: that it is uncertain, or no law yet."""

from __future__ import annotations

import re

import pytest

from goodstanding.catalogue.loading import builtin_pack
from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act
from goodstanding.office.drafting import law_lines
from goodstanding.portal import shelf
from goodstanding.portal.citing import cited, laws_kept, marks, places_of
from goodstanding.portal.language import Language
from goodstanding.portal.prose.laws import law_text
from goodstanding.portal.templatetags.words import laws_of

DRAFT = "关于进一步规范公共信用信息纳入范围、失信惩戒和信用修复的指导意见（2020年征求意见稿）"
NAMED_DRAFT = re.compile("征求意见|草案|[Dd]raft")


def test_every_instrument_that_is_called_a_draft_is_marked_as_one() -> None:
    pack = builtin_pack("cn")
    text = "".join(
        one.read_text("utf-8") for one in pack.folder.rglob("*.yaml") if one.name != "citations.yaml"
    )
    named = {
        one.strip(" '\"") for one in re.findall(r"(?:instrument|article): ([^,}\n]+(?:，[^,}\n]+)*)", text)
    }
    assert {one for one in named if NAMED_DRAFT.search(one)} == set(pack.drafts)


def test_a_draft_says_so_in_both_languages_on_pages_and_in_documents() -> None:
    law = cited(DRAFT, "")
    assert "Draft for comment, not in force" in laws_of((law,), Language.EN)
    assert "征求意见稿，未施行" in laws_of((law,), Language.ZH)
    assert "not in force" in law_text([law], Language.EN)
    assert law_lines([law]) == f"{DRAFT}（征求意见稿，未施行 / Draft for comment, not in force）"


@pytest.mark.parametrize("uncertain", [True, False])
def test_a_law_keeps_the_mark_of_the_place_that_names_it(uncertain: bool) -> None:
    place = Basis("中华人民共和国行政处罚法", "44", uncertain=uncertain)
    (found,) = laws_kept([["中华人民共和国行政处罚法", "44"]], [place])
    assert bool(marks(found, Language.EN)) is uncertain
    assert not marks(cited("中华人民共和国行政处罚法", "44"), Language.EN), "elsewhere it is certain"


def test_the_step_of_a_case_finds_the_law_in_its_own_stage() -> None:
    procedure = next(one for one in shelf.catalogue().procedures if one.path == "cn/listing/redlist-tax")
    stage = procedure.stage(Act.REVIEW)
    assert stage is not None and stage.basis[0].uncertain
    kept = [[stage.basis[0].instrument, stage.basis[0].article]]
    assert laws_kept(kept, places_of(procedure, Act.REVIEW))[0].uncertain


def test_what_the_pack_always_marks_is_uncertain_without_a_place() -> None:
    assert cited("药品安全黑名单管理规定（试行）（2012）", "").uncertain
    assert not cited("a law that no pack names", "7").uncertain
