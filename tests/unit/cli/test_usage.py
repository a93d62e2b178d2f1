"""Words of a command that are off are told as a refusal: what, where, why, and where the right words stand."""

from __future__ import annotations

import pytest
import typer

from goodstanding.cli import app
from goodstanding.cli.usage import refusal_of


def told(*words: str) -> dict[str, str]:
    with pytest.raises(typer.TyperException) as raised:
        app(list(words), standalone_mode=False)
    assert raised.value.exit_code == 2
    refusal = refusal_of(raised.value)
    assert refusal is not None
    return refusal.as_dict()


def test_a_value_that_is_none_of_a_closed_list_names_the_option_and_the_list() -> None:
    said = told(
        *("counter", "91990105MADU4E6B60", "--process", "tendr"),
        *("--authority", "cn/ndrc", "--account", "li", "--purpose", "F7"),
    )
    assert said["code"] == "GS-CLI-094"
    assert "'--process'" in said["what"] and "'tendr' is not one of 'permit', 'tender'" in said["what"]
    assert "Value error" not in said["what"], "how the library talks to itself is nobody's business"
    assert said["where"].endswith("counter") and said["why"]
    assert said["remedy"].endswith("counter --help.")


@pytest.mark.parametrize("words", [("nonsense",), ("counter",), ("serve", "--port", "none"), ("case", "shw")])
def test_whatever_is_off_says_what_where_why_and_what_to_do(words: tuple[str, ...]) -> None:
    assert all(told(*words).values())


def test_a_noun_alone_shows_its_help_instead(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.TyperException) as raised:
        app(["case"], standalone_mode=False)
    assert refusal_of(raised.value) is None
    assert "propose" in capsys.readouterr().out
