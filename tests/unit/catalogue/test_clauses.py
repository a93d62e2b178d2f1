"""Section 1 of the design, clause by clause: a pack that breaks it does not load, and says why.

Each case changes one thing in a good pack. The second test takes the guard away and shows that the same
pack then loads: so the first test fails when its guard is removed, and nothing else refuses in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from goodstanding.catalogue import checks
from goodstanding.catalogue.model import Pack
from goodstanding.core.errors import Refusal
from tests.unit.catalogue import procedures, triggering

Files = dict[str, Any]
Change = Callable[[Files], object]


def item(files: Files, number: int = 0) -> dict[str, Any]:
    one: dict[str, Any] = files["catalogue/all.yaml"]["items"][number]
    return one


def contract(files: Files) -> dict[str, Any]:
    one: dict[str, Any] = files["contracts/arrears.yaml"]
    return one


def without(mapping: dict[str, Any], *keys: str) -> None:
    for key in keys:
        del mapping[key]


def add_field(name: str, en: str, zh: str) -> Change:
    return lambda files: item(files)["fields"].append(
        {"name": name, "title": {"en": en, "zh": zh}, "type": "text"}
    )


def add_column(name: str) -> Change:
    def change(files: Files) -> None:
        contract(files)["columns"].append({"name": name})
        contract(files)["record"]["fields"]["period"] = name

    def whole(files: Files) -> None:
        contract(files)["columns"] = [one for one in contract(files)["columns"] if one["name"] != "period"]
        change(files)

    return whole


def title(en: str, zh: str) -> Change:
    return lambda files: item(files).update(title={"en": en, "zh": zh})


def list_about(en: str, zh: str, grounds: list[str]) -> Change:
    def change(files: Files) -> None:
        item(files, 1)["title"] = {"en": en, "zh": zh}
        if grounds:
            item(files, 1)["grounds"] = grounds

    return change


def roles_with_number(files: Files) -> None:
    """A contract of roles that also takes the holder's identity number, as if it were the holder."""
    spoilt = contract(files)
    without(spoilt, "record", "instrument")
    spoilt["target"] = "roles"
    spoilt["columns"] = [
        {"name": "number"},
        {"name": "code", "scheme": "usci"},
        {"name": "身份证号"},
        {"name": "name"},
        {"name": "职务", "type": "code"},
    ]
    spoilt["role"] = {"person": "身份证号", "role": "职务"}


def own_listing(files: Files) -> None:
    contract(files)["record"] = {"item": "listing.tax-evaders", "decided_on": "decided"}
    contract(files)["columns"] = [one for one in contract(files)["columns"] if one["name"] != "period"]


CASES: list[tuple[str, str, Change]] = [
    (
        "GS-PACK-111",
        "an individual business as subject",
        lambda f: contract(f)["subject"].update(kind="individual_business"),
    ),
    (
        "GS-PACK-111",
        "a natural person as subject",
        lambda f: contract(f)["subject"].update(kind="natural_person"),
    ),
    ("GS-PACK-112", "nothing said about natural persons", lambda f: without(contract(f), "refuse")),
    (
        "GS-PACK-112",
        "both none and how to refuse them",
        lambda f: contract(f).update(natural_persons="none", because="The register is of companies only."),
    ),
    (
        "GS-PACK-113",
        "a file keyed on the taxpayer number of a person",
        lambda f: (
            f["pack.yaml"].update(schemes=["usci", "cpf"]),
            contract(f)["subject"].update(scheme="cpf"),
        ),
    ),
    ("GS-PACK-121", "an identity number as field", add_field("id_number", "Identity number", "证件号码")),
    (
        "GS-PACK-121",
        "the person responsible as field",
        add_field("who", "Person directly responsible", "直接责任人员"),
    ),
    ("GS-PACK-121", "the owner as field", add_field("owner", "Owner", "经营者")),
    ("GS-PACK-121", "an address as field", add_field("place", "Place", "住址")),
    ("GS-PACK-122", "an address taken in", add_column("AddressLine1")),
    ("GS-PACK-122", "a Chinese address taken in", add_column("地址")),
    ("GS-PACK-122", "an identity number taken in", add_column("法定代表人证件号码")),
    ("GS-PACK-122", "the person responsible taken in", add_column("person responsible")),
    ("GS-PACK-122", "a telephone number taken in", add_column("PhoneNumber")),
    ("GS-PACK-122", "coordinates taken in", add_column("longitude")),
    ("GS-PACK-122", "a number in a contract of roles", roles_with_number),
    ("GS-PACK-131", "personal points as item", title("Personal points", "个人积分")),
    ("GS-PACK-131", "personal points as column", add_column("个人信用分")),
    ("GS-PACK-131", "a rating of citizens", title("Citizen credit rating", "公民信用分")),
    ("GS-PACK-131", "jaywalking declared as tax", title("Jaywalking of staff", "员工表现")),
    ("GS-PACK-141", "a domain outside the list", lambda f: item(f).update(domain="culture")),
    ("GS-PACK-141", "morals as domain", lambda f: item(f).update(domain="family")),
    ("GS-PACK-142", "petitions declared as tax", title("Petitions to higher bodies", "越级信访")),
    ("GS-PACK-142", "petitions in Chinese alone", title("Unlawful acts", "违规上访")),
    ("GS-PACK-142", "publications declared as tax", title("Unlawful publications", "违法出版物")),
    ("GS-PACK-142", "a place of worship declared as tax", title("Unregistered church", "未登记教会")),
    ("GS-PACK-142", "a creed declared as tax", title("Creed of the owner", "信教情况")),
    ("GS-PACK-142", "an infection declared as tax", title("Covid infections", "新冠感染")),
    ("GS-PACK-142", "a trade union declared as tax", title("Trade union founded", "工会组建")),
    ("GS-PACK-142", "schooling of children", title("Schooling of children", "子女入学")),
    (
        "GS-PACK-142",
        "a source about petitions",
        lambda f: contract(f).update(title={"en": "Petitioners", "zh": "信访名单"}),
    ),
    ("GS-PACK-143", "religion as field", add_field("religion", "Religion", "宗教")),
    ("GS-PACK-143", "party membership as field", add_field("standing", "Standing", "是否党员")),
    ("GS-PACK-143", "ethnicity as field", add_field("group", "Group", "民族")),
    ("GS-PACK-143", "blood type as field", add_field("blood_type", "Type", "类型")),
    ("GS-PACK-143", "genes as field", add_field("marker", "Genetic marker", "标记")),
    ("GS-PACK-143", "fingerprints as field", add_field("print", "Print", "指纹")),
    ("GS-PACK-143", "medical history as field", add_field("history", "Medical history", "病史")),
    ("GS-PACK-143", "health as field", add_field("health", "Health", "健康")),
    ("GS-PACK-144", "ethnicity as column", add_column("民族")),
    ("GS-PACK-144", "political opinion as column", add_column("political_status")),
    ("GS-PACK-144", "a cuisine as column", add_column("cuisine")),
    ("GS-PACK-144", "illness as column", add_column("IllnessCode")),
    (
        "GS-PACK-144",
        "religions as codes of a column",
        lambda f: contract(f)["columns"][3].update(values=["伊斯兰教", "佛教"]),
    ),
    ("GS-PACK-145", "a list about culture", list_about("Culture market list", "文化市场名单", [])),
    (
        "GS-PACK-145",
        "a list about the internet",
        list_about("Internet services list", "互联网服务名单", ["content"]),
    ),
    (
        "GS-PACK-145",
        "a list about social organisations",
        list_about("List", "社会组织名单", ["filing", "party"]),
    ),
    ("GS-PACK-151", "no instrument", lambda f: without(contract(f), "instrument")),
    ("GS-PACK-152", "a register and a document", lambda f: contract(f)["instrument"].update(register=True)),
    ("GS-PACK-152", "a document without its date", lambda f: without(contract(f)["instrument"], "dated")),
    ("GS-PACK-153", "an item without a law", lambda f: item(f).update(basis=[])),
    ("GS-PACK-161", "our own listing brought by a file", own_listing),
    (
        "GS-PACK-162",
        "a list that is market information",
        lambda f: item(f, 1).update(market_information=True),
    ),
    ("GS-PACK-181", "kept for ever", lambda f: item(f)["retention"].update(months=0)),
    ("GS-PACK-181", "kept for a hundred years", lambda f: item(f)["retention"].update(months=1200)),
    ("GS-PACK-160", "a listing of our own called otherwise", lambda f: item(f, 1).update(item="tax.list")),
    ("GS-PACK-160", "a reported listing called ours", lambda f: item(f, 1).update(listing="reported")),
    ("GS-PACK-160", "a record called a listing", lambda f: without(item(f, 1), "listing")),
    *procedures.CASES,
    *triggering.CASES,
]
NAMES = [f"{code} {what}" for code, what, _ in CASES]


def test_the_good_pack_loads(good: Files, load: Callable[[Files], Pack]) -> None:
    assert [one.path for one in load(good).items] == ["tiny/tax.arrears", "tiny/listing.tax-evaders"]


@pytest.mark.parametrize(("code", "what", "change"), CASES, ids=NAMES)
def test_a_pack_that_breaks_a_clause_does_not_load_and_says_why(
    code: str, what: str, change: Change, good: Files, load: Callable[[Files], Pack]
) -> None:
    change(good)

    with pytest.raises(Refusal) as refused:
        load(good)

    assert refused.value.code == code, what
    assert refused.value.why.startswith(f"Clause 1.{code[-2]}")
    assert refused.value.remedy
    file, _, line = refused.value.where.rpartition(":")
    assert file.startswith("tiny/") or code == "GS-PACK-113"
    assert line.isdigit()


@pytest.mark.parametrize(("code", "what", "change"), CASES, ids=NAMES)
def test_the_guard_is_what_refuses(
    code: str,
    what: str,
    change: Change,
    good: Files,
    load: Callable[[Files], Pack],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(good)
    monkeypatch.setattr(checks, "CHECKS", tuple(one for one in checks.CHECKS if one.code != code))

    assert load(good).name == "tiny", what


def test_every_guard_has_a_case() -> None:
    assert {one.code for one in checks.CHECKS} == {code for code, _, _ in CASES}


def test_what_is_ignored_with_a_reason_admits_the_file(good: Files, load: Callable[[Files], Pack]) -> None:
    columns = contract(good)["columns"]
    columns.append({"name": "religion", "ignored": "A protected trait."})
    columns.append({"name": "自然人证件号码", "ignored": "About a natural person."})

    ignored = [one.name for one in load(good).contracts[0].columns if one.ignored]

    assert ignored == ["identity number", "ethnicity", "religion", "自然人证件号码"]


def test_a_list_about_social_organisations_may_rest_on_filing_and_finance(
    good: Files, load: Callable[[Files], Pack]
) -> None:
    list_about("Social organisations: accounts", "社会组织年报与财务名单", ["filing", "finance"])(good)

    assert load(good).items[1].grounds == ("filing", "finance")


def test_a_source_without_natural_persons_says_why(good: Files, load: Callable[[Files], Pack]) -> None:
    without(contract(good), "refuse")
    contract(good).update(natural_persons="none", because="The register is of companies only.")

    assert load(good).contracts[0].no_natural_persons == "The register is of companies only."


def test_none_without_a_reason_is_refused(good: Files, load: Callable[[Files], Pack]) -> None:
    without(contract(good), "refuse")
    contract(good).update(natural_persons="none")

    with pytest.raises(Refusal, match="GS-PACK-030"):
        load(good)


@pytest.mark.parametrize("because", ["x", "so", "x" + " " * 30])
def test_none_with_a_word_for_a_reason_is_refused(
    because: str, good: Files, load: Callable[[Files], Pack]
) -> None:
    without(contract(good), "refuse")
    contract(good).update(natural_persons="none", because=because)

    with pytest.raises(Refusal, match="GS-PACK-030"):
        load(good)


@pytest.mark.parametrize("pattern", [r"\d{1,2000}", r"(\d{1000}){1000}"])
def test_a_pattern_that_the_engine_cannot_read_is_refused_before_any_row(
    pattern: str, good: Files, load: Callable[[Files], Pack]
) -> None:
    contract(good)["refuse"][0]["pattern"] = pattern

    with pytest.raises(Refusal, match="GS-PACK-013") as refused:
        load(good)

    assert "arrears.yaml" in refused.value.where
