"""What only authorities may read is on no page, in no count and in no list of deliveries (DESIGN, section 3)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from goodstanding.catalogue.loading import builtin_pack, load_packs
from goodstanding.ledger.models import Subject
from goodstanding.portal import shelf
from goodstanding.standing.running import run_rulebook
from tests.integration.portal.conftest import MOTHER, NAME, Portal, settle, tax_matter, tax_matters

SHELVES = [one for one in vars(shelf).values() if hasattr(one, "cache_clear")]


@pytest.fixture
def closed(portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """The small province under a pack of China in which arrears are shared between authorities only."""
    folder = tmp_path / "cn"
    shutil.copytree(builtin_pack("cn").folder, folder)
    for file in (folder / "catalogue").glob("*.yaml"):
        before, item, after = file.read_text(encoding="utf-8").partition("item: tax.arrears\n")
        file.write_text(
            before + item + after.replace("access: public", "access: shared", 1), encoding="utf-8"
        )
    catalogue = load_packs([folder, "us-nyc"])
    monkeypatch.setenv("GOODSTANDING_SERVED_PACKS", f"{folder}:us-nyc")
    for one in SHELVES:
        one.cache_clear()
    changed = replace(portal, installation=replace(portal.installation, catalogue=catalogue))
    settle(changed.installation)
    yield changed
    monkeypatch.undo()
    for one in SHELVES:
        one.cache_clear()


def test_a_shared_record_is_nowhere(closed: Portal) -> None:
    page = closed.read(closed.file(MOTHER))
    assert "90,900" not in page and "岫税决" not in page
    assert "Nothing on public record counts against" in page
    assert "There is no entry that anyone may read." in page
    first = closed.main("/en/")
    assert "Public records taken in 1" in first, "the inspection alone"
    assert "Tax matters" not in first


def test_a_grade_that_rests_on_a_shared_record_is_not_told(closed: Portal) -> None:
    row = tax_matter(5, day="2024/03/20")
    closed.installation.deliver("arrears.csv", tax_matters(row), "cn/tax-matters")
    run_rulebook(
        "cn/tax-credit",
        on=date(2025, 6, 1),  # under the version of 2014, which takes 11 points for such arrears
        catalogue=closed.installation.catalogue,
        home=closed.installation.home,
        clock=closed.installation.clock,
        actor="test",
    )
    text = closed.main(closed.file(MOTHER))
    assert "Not public as of 1 June 2025" in text and "Rests on a record that is not public" in text
    assert "How the grade follows" not in text and "gives" not in text
    assert "−11" not in text and "90,900" not in text and "20 March 2024" not in text


def test_an_organisation_that_only_a_shared_record_names_is_unknown(closed: Portal) -> None:
    stranger, name = "91990203MAWETFTT9F", "岫镝造纸有限公司"
    before = closed.main("/en/")
    row = tax_matter(7).replace(MOTHER, stranger).replace(NAME, name)
    assert closed.installation.deliver("stranger.csv", tax_matters(row), "cn/tax-matters").loaded == 1
    subject = Subject.objects.get(identifier=stranger)
    nobody = uuid4()
    there, nowhere = closed.get(f"/en/file/{subject.public_id}"), closed.get(f"/en/file/{nobody}")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    answers = [
        page.content.decode().replace(str(one), "…")
        for page, one in ((there, subject.public_id), (nowhere, nobody))
    ]
    assert answers[0] == answers[1]
    for words in (stranger, name, "造纸", str(subject.public_id)):
        assert "Nothing found" in closed.main(f"/en/search?q={words}")
    after = closed.main("/en/")
    assert _organisations(after) == _organisations(before) == "3"


def _organisations(main: str) -> str:
    return main.partition("Organisations ")[2].partition(" ")[0]
