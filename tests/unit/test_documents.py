"""The documents name what exists, and all of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.reference import codes, commands_page

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
REFERENCE = ROOT / "docs/reference"

_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"\bGS-[A-Z]+-\d{3}\b")
_RULEBOOK = re.compile(r"^```yaml file=(\S*/rulebooks/\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_VARIABLE = re.compile(r"\b(?:GOODSTANDING_[A-Z][A-Z_]*[A-Z]|DATABASE_URL(?:_[A-Z]+)?)\b")


def _names_in_sources(pattern: re.Pattern[str]) -> set[str]:
    sources = (ROOT / "src/goodstanding").rglob("*.py")
    return {name for path in sources for name in pattern.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_error_code_is_explained_and_none_is_invented() -> None:
    listed = set(_CODE.findall((REFERENCE / "errors.md").read_text(encoding="utf-8")))
    assert listed == set(codes()), "make reference"


def test_every_command_and_option_is_explained_as_it_is() -> None:
    assert (REFERENCE / "commands.md").read_text(encoding="utf-8") == commands_page(), "make reference"


def test_every_environment_variable_is_explained() -> None:
    listed = set(_VARIABLE.findall((REFERENCE / "environment.md").read_text(encoding="utf-8")))
    assert _names_in_sources(_VARIABLE) - listed == set()


def test_the_how_to_of_rulebooks_has_a_whole_one_of_each_kind_and_checks_it() -> None:
    """That the checks hold is tested where the documents are followed (tests/integration/test_docs.py)."""
    page = (ROOT / "docs/how-to/write-a-rulebook.md").read_text(encoding="utf-8")
    books = {file: yaml.safe_load(body) for file, body in _RULEBOOK.findall(page)}
    assert {one["kind"] for one in books.values()} == {"grade", "list", "tier", "index"}
    for file, book in books.items():
        assert len(book["examples"]) >= 4, file
        assert page.index(f"goodstanding rulebook check {file} --pack") > page.index(f"file={file}")
    said = yaml.safe_dump(list(books.values()))
    for key in (
        "count",
        "latest",
        "ratio_of",
        "result",
        "group",
        "members",
        "quotas",
        "cutoffs",
        "except",
        "listed",
    ):
        assert f"{key}:" in said, key
    assert re.search(r"not:\s+exists:", said), "what is absent"


def test_the_glossary_explains_each_word_once() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.M
    )
    assert len(rows) > 40
    assert [word for word, many in Counter(rows).items() if many > 1] == []


def test_publiccode_holds_what_its_standard_demands() -> None:
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert described["publiccodeYmlVersion"] == "0"
    assert described["legal"]["license"] == "Apache-2.0"
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
    assert described["maintenance"]["type"] == "community"
    assert described["maintenance"]["contacts"]
    assert described["localisation"]["availableLanguages"] == list(described["description"])
