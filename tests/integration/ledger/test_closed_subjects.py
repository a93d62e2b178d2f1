"""Who is known only from records that are not public is known only to those who may read these records."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import psycopg
import pytest

from goodstanding.catalogue.loading import Catalogue, builtin_pack, load_packs
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.checking import check
from goodstanding.ledger.ending import judge_merge
from goodstanding.ledger.models import Merge, Part, Subject, SubjectName, SubjectOpening
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import File, find_subject, subject_file
from goodstanding.ledger.searching import search
from goodstanding.ledger.writing import current_position
from goodstanding.portal.language import Language
from goodstanding.portal.queries import holdings, names_in
from goodstanding.postgres import Role
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.queries import assessments_of
from goodstanding.standing.running import run_rulebook
from goodstanding.standing.showing import AssessmentView
from tests.integration.installation import TODAY, Installation, shipped

# In the pack of these tests arrears and lost devices are restricted, late filing is shared, the rest is public.
CLASSES = {"tax.arrears": "restricted", "tax.device_loss": "restricted", "tax.late_filing": "shared"}
ARREARS, DEVICE, LATE, OPEN = "欠税信息", "丢失税控装置", "未按规定期限申报", "未按期缴纳税款"

PUBLIC = Reader.public()
SHARED = Reader(Access.SHARED)
COLLECTOR = Reader(Access.RESTRICTED, frozenset({"cn/tax.arrears"}))
INSPECTOR = Reader(Access.RESTRICTED, frozenset({"cn/tax.device_loss"}))
EVERYONE = {"public": PUBLIC, "shared": SHARED, "collector": COLLECTOR, "inspector": INSPECTOR}

# Codes of divisions that do not exist, with valid check characters.
FIRM, OTHER = "91990203MAWETFTT9F", "91990304MAN49LDD8A"
NAME, EARLIER, OTHER_NAME = "岫镝造纸有限公司", "岫镝纸业有限公司", "珞鹄农机有限公司"
LEGACY = "990203000434116"
_HEADER = (
    "统一社会信用代码,名称,目录事项,文书号,作出机关,依据,决定日期,发生日期,清缴日期,"
    "税种,所属期,年度,金额(元),情形,指标信息完整程度\n"
)
REGISTER = (
    "统一社会信用代码,名称,英文名称,曾用名,主体类型,成立日期,行政区划代码,工商注册号\n"
    f"{FIRM},{NAME},,{EARLIER},企业,2015/01/02,990203,{LEGACY}\n"
)


def matter(item: str, number: int = 1, subject: str = FIRM, name: str = NAME, day: str = "2024/03/20") -> str:
    """A tax matter of an item."""
    return (
        f"{subject},{name},{item},岫税决〔2025〕{number}号,翠岫市税务局,国家税务总局公告2014年第40号,"
        f"{day},{day},,增值税,2025-01,,90900.00,,\n"
    )


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The pack of China with the classes above."""
    folder = tmp_path_factory.mktemp("packs") / "cn"
    shutil.copytree(builtin_pack("cn").folder, folder)
    for file in (folder / "catalogue").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for item, access in CLASSES.items():
            before, found, after = text.partition(f"item: {item}\n")
            text = before + found + after.replace("access: public", f"access: {access}", 1)
        file.write_text(text, encoding="utf-8")
    return load_packs([folder, "us-nyc"])


@pytest.fixture
def ledger(installation: Installation, catalogue: Catalogue) -> Installation:
    """An empty ledger under that pack."""
    return replace(installation, catalogue=catalogue)


def told(ledger: Installation, *rows: str) -> None:
    """Tax matters come in."""
    report = ledger.deliver("tax.csv", _HEADER + "".join(rows), "cn/tax-matters")
    assert report.loaded + report.already == len(rows), report.as_dict()


def knowing(text: str) -> set[str]:
    """Who finds something by this text, by number or by name."""
    return {who for who, reader in EVERYONE.items() if search(text, reader).total}


def owners(identifier: str) -> set[str]:
    """Who is shown that there is a file under this number."""
    return {who for who, reader in EVERYONE.items() if find_subject(identifier, reader) is not None}


def file_for(reader: Reader, identifier: str = FIRM, position: int = 0) -> File:
    subject = find_subject(identifier, reader)
    assert subject is not None
    return file_of(subject, reader, position or current_position())


def file_of(subject: Subject, reader: Reader, position: int) -> File:
    publicity = Publicity(shipped(), TODAY)
    return subject_file(subject, day=TODAY, position=position, reader=reader, publicity=publicity)


@pytest.mark.parametrize(
    ("items", "who"),
    [
        ((ARREARS,), {"collector"}),
        ((DEVICE,), {"inspector"}),
        ((ARREARS, DEVICE), {"collector", "inspector"}),
        ((LATE,), {"shared", "collector", "inspector"}),
        ((ARREARS, LATE), {"shared", "collector", "inspector"}),
        ((ARREARS, LATE, OPEN), set(EVERYONE)),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_a_subject_is_known_to_those_who_may_read_a_record_that_names_it(
    ledger: Installation, items: tuple[str, ...], who: set[str], at_once: bool
) -> None:
    rows = [matter(item, number) for number, item in enumerate(items)]
    for part in [rows] if at_once else [[row] for row in rows]:
        told(ledger, *part)
    assert (owners(FIRM), knowing(FIRM), knowing(NAME), knowing("造纸")) == (who, who, who, who)
    subject = Subject.objects.get(identifier=FIRM)
    assert owners(str(subject.public_id)) == who
    for name, reader in EVERYONE.items():
        assert holdings(reader).subjects == (name in who)
        assert names_in(Language.ZH, [subject.pk], reader) == ({subject.pk: NAME} if name in who else {})
        if name not in who:
            with pytest.raises(Refusal, match="GS-LEDGER-044"):
                file_of(subject, reader, current_position())
    for reader in (EVERYONE[name] for name in who):
        assert [one.text for one in file_for(reader).names] == [NAME]
        assert file_for(reader).entries, "who knows of the file finds the record in it"
    assert check(ledger.home).sound


def test_a_name_is_as_open_as_the_row_that_said_it(ledger: Installation) -> None:
    told(ledger, matter(ARREARS, 1, name=EARLIER), matter(OPEN, 2, name=NAME))
    assert owners(FIRM) == set(EVERYONE)
    assert (knowing(NAME), knowing(EARLIER)) == (set(EVERYONE), {"collector"})
    assert {one.text for one in file_for(PUBLIC).names} == {NAME}
    assert {one.text for one in file_for(COLLECTOR).names} == {NAME, EARLIER}
    told(ledger, matter(LATE, 3, name=EARLIER))
    assert knowing(EARLIER) == {"shared", "collector", "inspector"}


def test_a_register_opens_what_only_a_restricted_record_had_named(ledger: Installation) -> None:
    told(ledger, matter(ARREARS))
    before = current_position()
    assert file_for(COLLECTOR).subject.division == ""
    assert ledger.deliver("r.csv", REGISTER, "cn/registration").loaded == 1
    assert owners(FIRM) == owners(LEGACY) == knowing(EARLIER) == set(EVERYONE)
    file = file_for(PUBLIC)
    assert (file.name, file.entries) == (NAME, ())
    assert (file.subject.division, file.subject.registered_on) == ("990203", date(2015, 1, 2))
    assert file.identifiers == (("cn-registration", LEGACY),)
    # What was known then stays as it was: to the public the organisation was not known.
    with pytest.raises(Refusal, match="GS-LEDGER-044"):
        file_for(PUBLIC, position=before)
    assert [one.text for one in file_for(COLLECTOR, position=before).names] == [NAME]
    assert file_for(COLLECTOR, position=before).identifiers == ()
    assert check(ledger.home).sound


def test_what_a_closed_register_row_says_is_closed_too(ledger: Installation) -> None:
    ledger.deliver("r.csv", REGISTER, "cn/registration")
    told(ledger, matter(ARREARS, name=OTHER_NAME))
    assert knowing(OTHER_NAME) == {"collector"}
    assert (file_for(PUBLIC).name, file_for(COLLECTOR).name) == (NAME, OTHER_NAME)


def test_the_same_closed_file_twice_changes_nothing(ledger: Installation) -> None:
    rows = (matter(ARREARS, 1), matter(DEVICE, 2), matter(LATE, 3, OTHER, OTHER_NAME))
    told(ledger, *rows)
    then = (current_position(), SubjectName.objects.count(), SubjectOpening.objects.count())
    told(ledger, *rows)
    assert (current_position(), SubjectName.objects.count(), SubjectOpening.objects.count()) == then


def test_public_rows_are_said_once(ledger: Installation) -> None:
    told(ledger, matter(OPEN, 1))
    told(ledger, matter(OPEN, 2), matter(ARREARS, 3))
    assert (SubjectName.objects.count(), SubjectOpening.objects.count()) == (1, 0)


def test_the_extract_keeps_closed_subjects_apart(ledger: Installation) -> None:
    told(ledger, matter(ARREARS, 1), matter(OPEN, 2, OTHER, OTHER_NAME))
    parts = Part.objects.filter(kind=Part.Kind.SUBJECTS).order_by("access")
    assert list(parts.values_list("access", "rows")) == [(0, 1), (2, 1)]


def test_a_tie_to_a_closed_subject_is_not_shown(ledger: Installation) -> None:
    ledger.deliver("r.csv", REGISTER, "cn/registration")
    told(ledger, matter(ARREARS, 1, OTHER, OTHER_NAME))
    ties = f"统一社会信用代码,关系类型,关联方统一社会信用代码,起始日期,终止日期\n{FIRM},子公司,{OTHER},2022/01/01,\n"
    assert ledger.deliver("ties.csv", ties, "cn/ties").loaded == 1
    assert owners(OTHER) == {"collector"}
    assert file_for(PUBLIC).ties == ()
    assert [one.other_name for one in file_for(COLLECTOR).ties] == [OTHER_NAME]


def test_of_a_merge_with_a_closed_subject_nothing_is_shown(ledger: Installation) -> None:
    ledger.deliver("r.csv", REGISTER, "cn/registration")
    told(ledger, matter(ARREARS, 1, OTHER, OTHER_NAME))
    first, second = (Subject.objects.get(identifier=one) for one in (FIRM, OTHER))
    judge_merge(Merge.Kind.SAME, first, second, reason="one firm", clock=ledger.clock, actor="test")
    public, collector = file_for(PUBLIC), file_for(COLLECTOR)
    assert (public.subject, public.merged, public.name) == (first, (), NAME)
    assert (collector.subject, collector.merged) == (second, (first,))


def test_records_are_counted_for_those_who_may_read_them(ledger: Installation) -> None:
    told(ledger, *(matter(item, number) for number, item in enumerate((ARREARS, DEVICE, DEVICE, LATE, OPEN))))
    counts = {name: holdings(reader).records for name, reader in EVERYONE.items()}
    assert counts == {"public": 1, "shared": 2, "collector": 3, "inspector": 4}


def test_a_grade_on_restricted_records_is_told_to_readers_of_all_that_it_looks_at(
    ledger: Installation,
) -> None:
    told(ledger, matter(ARREARS))
    run_rulebook(
        "cn/tax-credit",
        on=date(2025, 6, 1),
        catalogue=ledger.catalogue,
        home=ledger.home,
        clock=ledger.clock,
        actor="test",
    )
    subject, shelf = Subject.objects.get(identifier=FIRM), Shelf.of(ledger.catalogue.packs)
    publicity = Publicity(ledger.catalogue, TODAY)

    def told_to(reader: Reader) -> tuple[AssessmentView, ...]:
        return assessments_of(subject.pk, shelf, reader, publicity)

    assert told_to(PUBLIC) == told_to(SHARED) == ()
    assert told_to(INSPECTOR) == ()
    (collector,) = told_to(COLLECTOR)
    assert collector.closed and collector.grade is None, (
        "lost devices would count too, and are not the collector's"
    )
    (both,) = told_to(Reader(Access.RESTRICTED, COLLECTOR.items | INSPECTOR.items))
    assert not both.closed and -1100 in [line.points_low for line in both.lines]


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("UPDATE ledger_subjectname SET access = 0, item_id = NULL", "GS-LEDGER-065"),
        ("UPDATE ledger_subject SET access = 0, item_id = NULL", "GS-LEDGER-065"),
        ("UPDATE ledger_event SET classed = false", "GS-LEDGER-065"),
        ("DELETE FROM ledger_subjectopening", "GS-LEDGER-065"),
        ("DELETE FROM ledger_subjectopening", "GS-LEDGER-076"),
    ],
)
def test_an_owner_who_opens_or_closes_a_subject_is_found(ledger: Installation, deed: str, code: str) -> None:
    told(ledger, matter(ARREARS, 1))
    told(ledger, matter(LATE, 2))
    assert check(ledger.home).sound
    with ledger.administer() as admin:
        for table in ("ledger_subject", "ledger_subjectname", "ledger_subjectopening", "ledger_event"):
            admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        admin.execute(deed.encode())
        for table in ("ledger_subject", "ledger_subjectname", "ledger_subjectopening", "ledger_event"):
            admin.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
    assert code in {finding.code for finding in check(ledger.home).findings}


def test_the_app_role_may_open_a_subject_and_not_take_it_back(ledger: Installation) -> None:
    told(ledger, matter(ARREARS, 1))
    told(ledger, matter(LATE, 2))
    opening = (
        "INSERT INTO ledger_subjectopening (subject_id, access, kind, division, event_id)"
        " SELECT id, 0, kind, '', event_id FROM ledger_subject"
    )
    for deed in (
        "UPDATE ledger_subjectopening SET access = 0",
        "DELETE FROM ledger_subjectopening",
        "TRUNCATE ledger_subjectopening",
        "UPDATE ledger_subjectname SET access = 0",
        opening,  # into an event of the past
    ):
        with ledger.connect(Role.APP) as app, pytest.raises(psycopg.Error):
            app.execute(deed.encode())
    assert owners(FIRM) == {"shared", "collector", "inspector"}
