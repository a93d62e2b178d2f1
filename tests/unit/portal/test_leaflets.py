"""Pages that stand alone: the same parts as Markdown and as HTML, and a picture whose heights are the numbers."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.leaflets import Leaflet, as_html, as_markdown
from goodstanding.portal.leaflets.blocks import Grid, Heading, Items, Pairs, Paragraph
from goodstanding.portal.leaflets.ribbons import colours, ribbons
from goodstanding.portal.leaflets.rulebook import rulebook_leaflet
from goodstanding.portal.prose.differences import Happened, differences
from goodstanding.rules import parse_rulebook
from tests.unit.rules.test_comparing import NEW, OLD

NASTY = "<b>|*#`[x](y)"


@pytest.fixture(scope="module")
def nasty() -> Leaflet:
    blocks = (
        Heading(NASTY),
        Paragraph(NASTY),
        Items((NASTY,)),
        Pairs(((NASTY, NASTY),)),
        Grid(NASTY, (NASTY,), ((NASTY,),)),
    )
    return Leaflet(NASTY, Language.EN, blocks)


def test_no_text_is_taken_for_a_tag_or_a_mark(nasty: Leaflet) -> None:
    assert "<b>" not in as_html(nasty)
    page = as_markdown(nasty)
    assert (
        page.count(r"\<b\>\|\*\#\`\[x\](y)") == 8
    )  # title, heading, sentence, item, both of a pair, head and cell
    assert NASTY not in page


@pytest.mark.parametrize("lang", list(Language))
def test_every_rulebook_reads_in_both_languages_with_every_rule_its_law_and_what_is_left_out(
    lang: Language,
) -> None:
    for one in shelf.rulebooks():
        book = one.rulebook
        leaflet = rulebook_leaflet(book, lang)
        page = " ".join(as_html(leaflet).split())
        assert one.digest in page and as_markdown(leaflet).startswith("# ")
        rules = (*book.rules, *book.overrides, *book.bars, *book.quotas, *book.amendments)
        assert page.count("§ ") == len(rules), book.path
        for each in rules:
            assert f"· {each.id}</p>" in page, (book.path, each.id)
        titles = re.findall(r"<h\d>([^<]*)</h\d>", page)
        assert len(titles) >= len(rules) + len(book.untranslatable)


def tops(svg: str) -> list[tuple[float, float]]:
    return [
        (float(y), float(h)) for y, h in re.findall(r'<rect [^>]*y="([\d.]+)"[^>]*height="([\d.]+)"', svg)
    ]


def test_the_bars_of_a_column_stand_apart_and_the_more_the_higher() -> None:
    cells = {("A", "x"): 90, ("A", "y"): 9, ("B", "y"): 1}
    svg = ribbons(cells, ["A", "B"], ["x", "y"], str, colours(["A", "B"]), "A picture")
    bars = tops(svg)
    assert len(bars) == 4
    for (top, height), (below, _) in pairwise(bars[:2]):
        assert top + height < below
    assert bars[0][1] > bars[1][1] and bars[2][1] > bars[3][1]
    assert svg.count("<path") == 3 and "A → y: 9" in svg
    assert 'role="img"' in svg and "<script" not in svg


def test_grades_that_are_called_by_a_colour_have_it() -> None:
    assert colours(["green", "red"]) == {"green": "#00703c", "red": "#d4351c"}
    assert len(set(colours(["A", "B", "M", "C", "D"]).values())) == 5


def test_what_the_words_do_not_show_is_told_by_its_values() -> None:
    old = parse_rulebook(OLD)
    new = parse_rulebook(OLD.replace("title: {en: Late, zh: 逾期}", "title: {en: Late, zh: 迟延}"))
    (found,) = differences(old, new, Language.EN)
    assert (found.happened, found.id) == (Happened.CHANGED, "late")
    assert found.before == ("title.zh: 逾期",) and found.after == ("title.zh: 迟延",)


def test_two_versions_that_say_the_same_do_not_differ_by_their_days_in_force() -> None:
    assert differences(parse_rulebook(OLD), parse_rulebook(OLD), Language.EN) == ()
    changed = differences(parse_rulebook(OLD), parse_rulebook(NEW), Language.EN)
    assert [(one.part, one.id) for one in changed] == [("rule", "late")]


def test_overrides_in_another_order_differ_since_the_first_that_is_met_decides() -> None:
    overrides = """overrides:
  - {id: one, title: {en: One, zh: 一}, basis: [{instrument: Law}], when: {exists: {item: a}}, grade: A}
  - {id: two, title: {en: Two, zh: 二}, basis: [{instrument: Law}], when: {exists: {item: b}}, grade: C}
"""
    head, one, two, _ = overrides.split("\n")
    books = [parse_rulebook(OLD + "\n".join((head, *order)) + "\n") for order in ((one, two), (two, one))]
    (found,) = differences(books[0], books[1], Language.EN)
    assert (found.before, found.after) == (("One", "Two"), ("Two", "One"))
