"""Errors in a pack's files point at file and line, and say what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue.chasing import STATED, Reminder, Told
from goodstanding.catalogue.loading import builtin_names, builtin_pack, load_pack, load_packs
from goodstanding.catalogue.model import FieldType, Pack, Title
from goodstanding.core.errors import Refusal

Files = dict[str, Any]
Change = Callable[[Files], object]


def item(files: Files) -> dict[str, Any]:
    one: dict[str, Any] = files["catalogue/all.yaml"]["items"][0]
    return one


def contract(files: Files) -> dict[str, Any]:
    one: dict[str, Any] = files["contracts/arrears.yaml"]
    return one


def column(name: str, **more: object) -> Change:
    return lambda files: contract(files)["columns"].append({"name": name, **more})


def fields(kind: str, count: int) -> Change:
    title = {"en": "Part", "zh": "部分"}
    made = [{"name": f"part_{number}", "title": title, "type": kind} for number in range(count)]
    return lambda files: item(files)["fields"].extend(made)


def again(files: Files) -> None:
    files["catalogue/more.yaml"] = {"items": [dict(item(files))]}


def code_field(values: object, kind: str = "code") -> Change:
    """A further field whose values are said so."""
    said = {"name": "way", "title": {"en": "Way", "zh": "方式"}, "type": kind, "values": values}
    return lambda files: item(files)["fields"].append(said)


def closed_column(files: Files) -> None:
    """The contract closes the list of a code, and the catalogue has no titles for its values."""
    column = next(one for one in contract(files)["columns"] if one["name"] == "period")
    column["values"] = ["2020", "half-year"]


def as_text(name: str, text: str) -> Change:
    return lambda files: files.update({name: text})


LIST = {
    "id": "evaders",
    "title": {"en": "Evaders", "zh": "偷税者"},
    "keeper": "bureau",
    "basis": {"instrument": "A law"},
    "grounds": {"en": "Evasion", "zh": "偷税"},
    "source": "A page",
    "item": "listing.tax-evaders",
}


def with_list(**changed: str) -> Change:
    def change(files: Files) -> None:
        rows = {**LIST, **changed}
        lines = "".join(f"    {key}: {value}\n" for key, value in rows.items())
        files["lists.yaml"] = "lists:\n  - valid_from: 2020-01-01\n" + lines

    return change


RULE = """rules:
  - id: penalties
    regime: {en: A law, zh: 某法}
    basis: {instrument: A law}
    information: {en: Penalties, zh: 处罚}
    level: any
    published: public
    maximum_months: 12
    clock: CLOCK
    ends: {en: By itself, zh: 自动终止}
    valid_from: 2020-01-01
    source: A page
    items: [ITEM]
"""


def with_publicity(item: str = "tax.arrears", clock: str = "document", more: str = "") -> Change:
    return as_text("publicity.yaml", RULE.replace("ITEM", item).replace("CLOCK", clock) + more)


CASES: list[tuple[str, str, Change]] = [
    ("GS-PACK-001", "an unknown key", lambda f: item(f).update(colour="red")),
    ("GS-PACK-002", "a key twice", as_text("authorities.yaml", "authorities: []\nauthorities: []\n")),
    ("GS-PACK-003", "a number for a text", lambda f: contract(f).update(sheet=3)),
    ("GS-PACK-003", "a text for a number", lambda f: item(f).update(category="nine")),
    ("GS-PACK-003", "a text for a list", lambda f: contract(f).update(key="number")),
    ("GS-PACK-003", "a text for a flag", lambda f: contract(f)["columns"][0].update(required="sure")),
    ("GS-PACK-004", "a blank text", lambda f: item(f)["basis"][0].update(instrument=" ")),
    ("GS-PACK-005", "a missing key", lambda f: item(f).pop("polarity")),
    ("GS-PACK-006", "no YAML", as_text("authorities.yaml", "authorities: [")),
    ("GS-PACK-006", "an anchor", as_text("authorities.yaml", "authorities: &a []\n")),
    ("GS-PACK-006", "an empty file", as_text("authorities.yaml", "")),
    ("GS-PACK-010", "no Chinese title", lambda f: item(f).update(title={"en": "Arrears"})),
    ("GS-PACK-010", "no English title", lambda f: item(f).update(title={"zh": "欠税"})),
    ("GS-PACK-010", "English for Chinese", lambda f: item(f).update(title={"en": "A", "zh": "Arrears"})),
    ("GS-PACK-011", "a path with blanks", lambda f: item(f).update(item="Tax arrears")),
    ("GS-PACK-012", "an unknown polarity", lambda f: item(f).update(polarity="bad")),
    ("GS-PACK-012", "an unknown delivery", lambda f: contract(f).update(delivery="daily")),
    ("GS-PACK-013", "a broken pattern", lambda f: contract(f)["refuse"][0].update(pattern="(")),
    (
        "GS-PACK-013",
        "a pattern that looks ahead",
        lambda f: contract(f)["refuse"][0].update(pattern="a(?!b)"),
    ),
    ("GS-PACK-014", "no currency", lambda f: f["pack.yaml"].update(currency="yuan")),
    ("GS-PACK-020", "a twentieth category", lambda f: item(f).update(category=20)),
    ("GS-PACK-021", "a field twice", lambda f: item(f)["fields"].append(item(f)["fields"][0])),
    ("GS-PACK-022", "five numbers", fields("number", 5)),
    ("GS-PACK-022", "five codes", fields("code", 4)),
    ("GS-PACK-026", "values of a list that the file does not have", code_field("ways")),
    ("GS-PACK-027", "values of a number", code_field(["1"], "number")),
    ("GS-PACK-010", "a value in one language", code_field({"cash": {"en": "Cash"}})),
    ("GS-PACK-064", "a Latin word without a title", code_field(["cash"])),
    ("GS-PACK-064", "a Latin word of a contract without a title", closed_column),
    ("GS-PACK-023", "a list with item and reason", with_list(reason="{en: No, zh: 不收}")),
    ("GS-PACK-031", "a refusal of nothing", lambda f: contract(f)["refuse"][0].pop("pattern")),
    ("GS-PACK-032", "a floor of 120 percent", lambda f: contract(f).update(floors={"code": 120})),
    ("GS-PACK-040", "a column twice", column("name")),
    ("GS-PACK-050", "an item twice", again),
    ("GS-PACK-051", "an unknown authority", lambda f: contract(f).update(authority="nobody")),
    ("GS-PACK-052", "an unknown item", lambda f: contract(f)["record"].update(item="tax.other")),
    ("GS-PACK-052", "an unknown field", lambda f: contract(f)["record"]["fields"].update(other="name")),
    ("GS-PACK-053", "an undeclared column", lambda f: contract(f)["subject"].update(division="place")),
    (
        "GS-PACK-053",
        "a refusal on an undeclared column",
        lambda f: contract(f)["refuse"][0].update(column="x"),
    ),
    ("GS-PACK-054", "an ignored column used", lambda f: contract(f)["key"].append("ethnicity")),
    ("GS-PACK-055", "a column that nothing uses", column("remarks")),
    ("GS-PACK-056", "no time zone", lambda f: f["pack.yaml"].update(zone="Asia/Peking")),
    ("GS-PACK-057", "an unknown scheme", lambda f: contract(f)["columns"][1].update(scheme="vat")),
    ("GS-PACK-058", "records without a record", lambda f: contract(f).pop("record")),
    ("GS-PACK-059", "no key", lambda f: contract(f).update(key=[])),
    ("GS-PACK-060", "a list of nobody", with_list(keeper="nobody")),
    ("GS-PACK-060", "a list that is no listing", with_list(item="tax.arrears")),
    ("GS-PACK-061", "publicity of an unknown item", with_publicity("tax.other")),
    ("GS-PACK-061", "publicity of a listing", with_publicity("listing.tax-evaders")),
    ("GS-PACK-062", "publicity from a day that nobody records", with_publicity(clock="end-of-act")),
    ("GS-PACK-062", "publicity in doubt", with_publicity(more="    uncertain: [valid_from]\n")),
]


@pytest.mark.parametrize(("code", "what", "change"), CASES, ids=[f"{code} {what}" for code, what, _ in CASES])
def test_a_fault_is_refused_at_its_line(
    code: str, what: str, change: Change, good: Files, load: Callable[[Files], Pack]
) -> None:
    change(good)

    with pytest.raises(Refusal) as refused:
        load(good)

    assert refused.value.code == code, what
    assert refused.value.remedy
    assert refused.value.where.startswith("tiny/"), refused.value.where


def test_the_line_is_that_of_the_fault(tmp_path: Path, good: Files, load: Callable[[Files], Pack]) -> None:
    good["authorities.yaml"] = (
        "authorities:\n"
        "  - authority: bureau\n"
        "    title: {en: Bureau, zh: 某局}\n"
        "    level: village\n"
        "    zone: Asia/Shanghai\n"
    )

    with pytest.raises(Refusal) as refused:
        load(good)

    assert refused.value.where == "tiny/authorities.yaml:4"


def test_the_first_four_numbers_and_codes_get_slots_and_texts_get_none(
    good: Files, load: Callable[[Files], Pack]
) -> None:
    fields("number", 4)(good)
    title = {"en": "Note", "zh": "说明"}
    item(good)["fields"].append({"name": "note", "title": title, "type": "text"})

    slots = [(one.type, one.slot) for one in load(good).items[0].fields]

    assert slots == [
        (FieldType.CODE, 1),
        (FieldType.NUMBER, 1),
        (FieldType.NUMBER, 2),
        (FieldType.NUMBER, 3),
        (FieldType.NUMBER, 4),
        (FieldType.TEXT, None),
    ]


@pytest.mark.parametrize("shared", [False, True])
def test_values_of_a_code_have_titles_of_their_own_or_share_a_list(
    good: Files, load: Callable[[Files], Pack], shared: bool
) -> None:
    said = {"cash": {"en": "in cash", "zh": "现金"}}
    if shared:
        good["catalogue/all.yaml"]["codes"] = {"ways": said}
    code_field("ways" if shared else said)(good)

    way = load(good).items[0].field_named("way")

    assert way is not None and way.value_title("cash") == Title("in cash", "现金")
    assert way.value_title("card") is None


def test_values_that_are_words_of_their_own_need_no_titles(
    good: Files, load: Callable[[Files], Pack]
) -> None:
    code_field(["A", "0", "国家级"])(good)

    way = load(good).items[0].field_named("way")

    assert way is not None and [one.value for one in way.values] == ["A", "0", "国家级"]


def test_the_digest_of_a_pack_follows_its_content_and_not_its_line_ends(
    tmp_path: Path, good: Files, load: Callable[[Files], Pack]
) -> None:
    before = load(good).digest
    path = tmp_path / "tiny" / "contracts" / "arrears.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert load_pack(tmp_path / "tiny").digest == before

    item(good)["category"] = 8
    assert load(good).digest != before


def test_the_digest_of_a_contract_is_of_what_it_says(
    tmp_path: Path, good: Files, load: Callable[[Files], Pack]
) -> None:
    before = load(good).contracts[0].digest
    path = tmp_path / "tiny" / "contracts" / "arrears.yaml"
    path.write_text("# A comment.\n" + path.read_text())

    assert load_pack(tmp_path / "tiny").contracts[0].digest == before

    contract(good)["delivery"] = "whole"
    assert load(good).contracts[0].digest != before


def test_rulebooks_are_listed_and_not_read(good: Files, load: Callable[[Files], Pack]) -> None:
    good["rulebooks/north/grade.yaml"] = "this: [is not"

    assert [one.name for one in load(good).rulebooks] == ["grade.yaml"]


def test_reminders_grow_and_end_in_public(good: Files, load: Callable[[Files], Pack]) -> None:
    assert load(good).reminders == STATED, "a pack that states none"
    steps = [{"after": 2, "told": "head"}, {"after": 9, "told": "public"}]
    good["reminders.yaml"] = {"reminders": steps}
    assert load(good).reminders == (Reminder(2, Told.HEAD), Reminder(9, Told.PUBLIC))
    for wrong in (steps[:1], steps[::-1], [{"after": 0, "told": "public"}], []):
        good["reminders.yaml"] = {"reminders": wrong}
        with pytest.raises(Refusal, match="GS-PACK-106"):
            load(good)


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="GS-PACK-007"):
        load_pack(tmp_path)
    with pytest.raises(Refusal, match="GS-PACK-007"):
        builtin_pack("atlantis")


def test_two_packs_of_one_name_are_refused(
    tmp_path: Path, good: Files, load: Callable[[Files], Pack]
) -> None:
    load(good)

    with pytest.raises(Refusal, match="GS-PACK-008"):
        load_packs([tmp_path / "tiny", tmp_path / "tiny"])


def test_a_catalogue_finds_across_packs(tmp_path: Path, good: Files, load: Callable[[Files], Pack]) -> None:
    load(good)
    catalogue = load_packs([tmp_path / "tiny", "us-nyc"])

    assert catalogue.item("tiny/tax.arrears").category == 9
    assert catalogue.contract("us-nyc/graded-inspections").target.value == "records"
    assert catalogue.authority("tiny/bureau").level == "county"
    assert len(catalogue.digest) == 64
    with pytest.raises(KeyError):
        catalogue.item("tiny/none")


def test_the_order_of_packs_does_not_change_the_digest(good: Files) -> None:
    assert load_packs(["us-nyc", "br"]).digest == load_packs(["br", "us-nyc"]).digest


def test_the_packs_that_come_with_it() -> None:
    assert builtin_names() == ("br", "cn", "uk-food", "us-nyc")
