"""The documents name what exists, and all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.reference import codes, commands_page

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
REFERENCE = ROOT / "docs/reference"

_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"\bGS-[A-Z]+-\d{3}\b")
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
