"""Holders of roles are shown while in office and nowhere else; ties end when the source says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.checking import check
from goodstanding.ledger.extract import extract_at
from goodstanding.ledger.models import SubjectName
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import File, find_subject, subject_file
from goodstanding.ledger.searching import search
from goodstanding.ledger.writing import current_position
from goodstanding.postgres import Role
from goodstanding.rules.ties import Tie, read_ties
from tests.integration.installation import TODAY, Installation, shipped

# Codes of a division that does not exist, with valid check characters.
PARENT, CHILD = "91990203MAWETFTT9F", "91990304MAN49LDD8A"
REGISTER = (
    "统一社会信用代码,名称,英文名称,曾用名,主体类型,成立日期,行政区划代码,工商注册号\n"
    f"{PARENT},岫镝造纸有限公司,Xiudi Paper Ltd,,企业,2015/01/02,990203,\n"
    f"{CHILD},珞鹄农机有限公司,Luohu Machines Ltd,,企业,2016/01/02,990304,\n"
)
ROLES = "统一社会信用代码,姓名,职务,任职日期,离任日期\n" + PARENT + ",黛牧之,法定代表人,2018/03/01,{until}\n"
TIES = (
    "统一社会信用代码,关系类型,关联方统一社会信用代码,起始日期,终止日期\n"
    + f"{CHILD},子公司,{PARENT},2022/01/01,"
    + "{until}\n"
)


@pytest.fixture
def registered(installation: Installation) -> Installation:
    """Two organisations, one a subsidiary of the other, with a legal representative."""
    assert installation.deliver("r.csv", REGISTER, "cn/registration").loaded == 2
    assert installation.deliver("roles.csv", ROLES.format(until=""), "cn/roles").loaded == 1
    assert installation.deliver("ties.csv", TIES.format(until=""), "cn/ties").loaded == 1
    return installation


def file_of(identifier: str, day: date = TODAY, position: int = 0) -> File:
    subject = find_subject(identifier)
    assert subject is not None
    return subject_file(
        subject,
        day=day,
        position=position or current_position(),
        reader=Reader.public(),
        publicity=Publicity(shipped(), TODAY),
    )


def test_a_holder_is_shown_while_in_office(registered: Installation) -> None:
    assert [one.holder for one in file_of(PARENT).roles] == ["黛牧之"]
    assert file_of(PARENT, day=date(2017, 1, 1)).roles == ()
    before = current_position()
    registered.deliver("roles.csv", ROLES.format(until="2020/01/01"), "cn/roles")
    assert file_of(PARENT).roles == ()
    assert [one.holder for one in file_of(PARENT, position=before).roles] == ["黛牧之"]


def test_a_holder_is_shown_as_it_was_sent_backslash_tab_and_line_end_included(
    registered: Installation,
) -> None:
    odd = '"Anna \\ N\t\\N\nOd"'
    registered.deliver("roles.csv", ROLES.format(until="").replace("黛牧之", odd), "cn/roles")
    assert "Anna \\ N\t\\N\nOd" in [one.holder for one in file_of(PARENT).roles]


def test_the_root_of_a_role_is_the_same_however_a_session_writes_bytes(registered: Installation) -> None:
    wrong = "SELECT count(*) FROM ledger_position WHERE root IS DISTINCT FROM ledger_event_root(event_id)"
    with transaction.atomic(), connection.cursor() as cursor:
        for written in ("hex", "escape"):
            cursor.execute(f"SET LOCAL bytea_output = '{written}'")
            cursor.execute(wrong)
            assert cursor.fetchone() == (0,)


def test_nobody_is_found_by_a_holders_name(registered: Installation) -> None:
    assert search("黛牧之").total == 0
    assert not SubjectName.objects.filter(text__contains="黛牧之").exists()
    assert b"\xe9\xbb\x9b\xe7\x89\xa7\xe4\xb9\x8b" not in b"".join(
        path.read_bytes() for path in registered.home.extract.rglob("*.parquet")
    )


def test_a_tie_is_shown_from_its_day_until_it_ends(registered: Installation) -> None:
    assert [(one.kind, one.outward) for one in file_of(CHILD).ties] == [("subsidiary_of", True)]
    assert [(one.kind, one.outward) for one in file_of(PARENT).ties] == [("subsidiary_of", False)]
    assert file_of(CHILD, day=date(2010, 1, 1)).ties == ()
    registered.deliver("ties.csv", TIES.format(until="2023/01/01"), "cn/ties")
    assert file_of(CHILD).ties == ()
    assert len(file_of(CHILD, day=date(2022, 6, 1)).ties) == 1


def test_roles_and_ties_open_no_file(installation: Installation) -> None:
    report = installation.deliver("roles.csv", ROLES.format(until=""), "cn/roles")
    assert (report.loaded, report.reported, report.problems_by_rule) == (0, 1, {"unknown-subject": 1})
    assert find_subject(PARENT) is None


def test_what_was_known_then_never_changes_afterwards(registered: Installation) -> None:
    then = current_position()
    renamed = REGISTER.replace("岫镝造纸有限公司", "岫镝纸业有限公司").replace(
        "990203,\n", "990203,990203000434116\n"
    )
    assert registered.deliver("r.csv", renamed, "cn/registration").loaded == 1
    assert file_of(PARENT).name == "岫镝纸业有限公司"
    assert file_of(PARENT).identifiers == (("cn-registration", "990203000434116"),)
    assert file_of(PARENT, position=then).identifiers == ()
    assert "岫镝纸业有限公司" not in [one.text for one in file_of(PARENT, position=then).names]
    assert file_of(CHILD, position=then).ties[0].other_name != "岫镝纸业有限公司"


def test_there_is_no_file_before_the_ledger_knew_the_organisation(registered: Installation) -> None:
    with pytest.raises(Refusal, match="GS-LEDGER-044"):
        file_of(PARENT, position=1)


def test_the_extract_holds_the_ties_that_the_ledger_knew(registered: Installation) -> None:
    before = current_position()
    registered.deliver("ties.csv", TIES.format(until="2023/01/01"), "cn/ties")
    child, parent = find_subject(CHILD), find_subject(PARENT)
    assert child is not None and parent is not None

    def known(position: int) -> list[Tie]:
        return read_ties(extract_at(registered.home, position, Access.PUBLIC, shipped()).ties)

    since = date(2022, 1, 1)
    assert known(before) == [Tie(child.pk, parent.pk, "subsidiary_of", since, None)]
    assert known(current_position()) == [Tie(child.pk, parent.pk, "subsidiary_of", since, date(2023, 1, 1))]
    assert check(registered.home).findings == ()


def test_a_part_of_ties_that_is_not_there_is_found(registered: Installation) -> None:
    with registered.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE ledger_part DISABLE TRIGGER USER")
        owner.execute("DELETE FROM ledger_part WHERE kind = 'ties'")
        owner.execute("ALTER TABLE ledger_part ENABLE TRIGGER USER")
    found = [one for one in check(registered.home).findings if one.code == "GS-LEDGER-072"]
    assert ["ties" in one.what for one in found] == [True]
