"""A place is named in the page's language, with names of the installation's own where the standard has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.portal.language import Language
from goodstanding.portal.places import FILE, place_text


def _served(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")
    monkeypatch.setenv("GOODSTANDING_SERVED_HOME", str(folder))


def test_a_code_of_the_standard_and_the_first_digits_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOODSTANDING_SERVED_HOME", raising=False)
    assert place_text("usci", "330106", Language.ZH) == "浙江省杭州市西湖区"
    assert place_text("usci", "33", Language.ZH) == "浙江省", "an office of the province"
    assert place_text("usci", "3301", Language.EN) == "浙江省杭州市", "the standard has Chinese names alone"
    assert place_text("usci", "990302", Language.EN) == place_text("usci", "", Language.EN) == ""
    assert place_text("uk-fhrs", "Leeds", Language.EN) == "Leeds"


def test_an_installation_names_the_codes_that_the_standard_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "code,zh,en\n990000,玄澜省,Xuanlan Province\n990302,骁原县,Xiaoyuan County\n"
    _served(tmp_path, table, monkeypatch)
    assert place_text("usci", "990302", Language.ZH) == "玄澜省骁原县"
    assert place_text("usci", "990302", Language.EN) == "Xiaoyuan County, Xuanlan Province"
    assert place_text("usci", "99", Language.EN) == "Xuanlan Province"


def test_a_table_without_a_name_in_each_language_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _served(tmp_path, "code,zh,en\n990000,玄澜省,\n", monkeypatch)
    with pytest.raises(Refusal, match="GS-PORTAL-041"):
        place_text("usci", "99", Language.ZH)
