"""What commands print at a terminal: nothing is cut off, and what is copied is copied whole."""

from __future__ import annotations

from collections import Counter

import pytest
from rich.console import Console

from goodstanding.cli import output

ID = "019e9a3e-77d0-7d2c-a6f1-0123456789ab"
LAW = "STA Announcement 2014 No. 48, annex, code 010101; Taxpayer Credit Management Measures, article 16"


def shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, title: str = "Late"
) -> str:
    """A table of one row on a terminal of this width."""
    monkeypatch.setattr(output, "console", Console(width=width))
    columns = ("rule", "points", "record", "law")
    output.show_table("Lines", columns, [(title, "-11", ID, LAW)], whole=("record",))
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [200, 120, 80, 60, 40, 20])
def test_a_public_id_stands_whole_in_one_line_however_narrow_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    printed = shown(capsys, monkeypatch, width, "迟报" * 30)
    assert any(ID in line for line in printed.splitlines())
    assert "…" not in printed


@pytest.mark.parametrize("width", [120, 80, 40])
def test_a_text_is_broken_into_lines_and_no_letter_of_it_is_lost(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    printed = letters(shown(capsys, monkeypatch, width))
    assert printed == letters("Lines rule points record law Late -11" + ID + LAW)


def letters(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text."""
    return Counter(letter for letter in text if letter.isalnum())


def test_a_bracket_in_a_cell_is_no_markup(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "[bold]" in shown(capsys, monkeypatch, 120, "[bold]")
