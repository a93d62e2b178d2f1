"""Which agencies send which files: contract, format, encoding, share of the records, and what is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from goodstanding.core.identifiers import Usci
from goodstanding.generator.places import CITIES


class Form(StrEnum):
    """How a file is written; the value is what its name ends in."""

    CSV = "csv"
    CSV_GZ = "csv.gz"
    JSONL_GZ = "jsonl.gz"
    PARQUET = "parquet"
    XLSX = "xlsx"


class Spread(StrEnum):
    """Whose rows a file has."""

    SKEWED = "skewed"
    """Findings: most organisations have none, a few have very many."""
    FILINGS = "filings"
    """What nearly everyone who has to files once a year: one year of everyone first, then another."""
    REGISTER = "register"
    """The organisations themselves, their roles or their ties."""
    CLASSES = "classes"
    """Under which law the enterprises are registered, and how large they are: of each one row, without a fault."""
    CASES = "cases"
    """Findings whose cases are taken in turn."""
    OUTLETS = "outlets"
    """Penalties of the outlets of chains."""
    CITIES = "cities"
    """What the governments of the cities state about them."""


@dataclass(frozen=True)
class Agency:
    """A kind of agency; each city has one. `word` stands for it in the numbers of its documents."""

    zh: str
    word: str
    digit: str

    def organ(self, city: str) -> str:
        """Its name in a city."""
        return f"{city}{self.zh}"

    def codes(self) -> tuple[str, ...]:
        """Its unified codes, a government body's (11 …), one for each city of the province."""
        body = "MB0" + self.digit + "00000"
        return tuple(_organ_code(city.code, body[:8]) for city in CITIES)


def _organ_code(division: str, body: str) -> str:
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(char, 36) * weight for char, weight in zip(body, weights, strict=True))
    return Usci.compose("1", "1", division, body + "0123456789X0"[11 - total % 11]).value


ECOLOGY = Agency("生态环境局", "环", "1")
MARKET = Agency("市场监督管理局", "市监", "2")
WORKS = Agency("综合行政执法局", "综执", "3")
TAX = Agency("税务局", "税", "4")
COURT = Agency("中级人民法院", "民", "5")
LABOUR = Agency("人力资源和社会保障局", "人社", "6")
CREDIT = Agency("社会信用建设办公室", "信用", "7")
REGISTRAR = Agency("行政审批局", "审", "8")
GOVERNMENT = Agency("人民政府", "府", "9")
FOOD = Agency("药品监督管理局", "药监", "A")
CUSTOMS = Agency("海关", "关", "B")
CIVIL = Agency("民政局", "民政", "C")
STATISTICS = Agency("统计局", "统", "D")
TREASURY = Agency("财政局", "财", "E")
KNOWLEDGE = Agency("知识产权局", "知", "F")
SAFETY = Agency("应急管理局", "应急", "G")
FARMING = Agency("农业农村局", "农", "H")
BANKING = Agency("地方金融管理局", "金", "J")
TRANSPORT = Agency("交通运输局", "交", "K")
TRADE = Agency("行业协会联合会", "协", "L")


@dataclass(frozen=True)
class Delivery:
    """One file.

    Args:
        name: of the file, without its ending.
        contract: path of the contract that it is written after.
        agency: who signs the documents in it.
        share: of a thousand records.
        items: paths of the items, each with its weight; empty where the contract has only one.
        most: most rows, 0 for no bound; what is cut goes to nobody.
        kinds: of filings and classes, the kinds of organisations that have them.
    """

    name: str
    contract: str
    agency: Agency
    share: int = 0
    items: tuple[tuple[str, int], ...] = ()
    form: Form = Form.CSV
    encoding: str = "utf-8"
    spread: Spread = Spread.SKEWED
    most: int = field(default=0)
    kinds: tuple[str, ...] = ()


DELIVERIES: tuple[Delivery, ...] = (
    Delivery("registration", "cn/registration", MARKET, spread=Spread.REGISTER),
    Delivery("roles", "cn/roles", MARKET, spread=Spread.REGISTER),
    Delivery("ties", "cn/ties", MARKET, spread=Spread.REGISTER),
    Delivery(
        "registration-classes",
        "cn/registration-classes",
        STATISTICS,
        spread=Spread.CLASSES,
        kinds=("enterprise", "cooperative"),
    ),
    Delivery(
        "annual-reports",
        "cn/annual-reports",
        MARKET,
        200,
        spread=Spread.FILINGS,
        kinds=("enterprise", "cooperative"),
    ),
    Delivery(
        "charity-accounts",
        "cn/charity-accounts",
        CIVIL,
        10,
        spread=Spread.FILINGS,
        kinds=("social_organisation",),
    ),
    Delivery(
        "tax-evaluation",
        "cn/tax-matters",
        TAX,
        80,
        (("cn/tax.evaluation_information", 1),),
        spread=Spread.FILINGS,
        kinds=("enterprise",),
    ),
    Delivery(
        "tax-matters",
        "cn/tax-matters",
        TAX,
        173,
        (
            ("cn/tax.late_filing", 500),
            ("cn/tax.late_payment", 200),
            ("cn/tax.arrears", 150),
            ("cn/tax.statements_missing", 60),
            ("cn/tax.withholding_late", 40),
            ("cn/tax.device_loss", 20),
            ("cn/tax.export_letter_unanswered", 10),
            ("cn/tax.false_promise", 8),
            ("cn/tax.device_damage", 7),
            ("cn/tax.direct_d", 5),
        ),
    ),
    Delivery(
        "penalties-ecology",
        "cn/penalties",
        ECOLOGY,
        110,
        (("cn/environment.warning", 45), ("cn/environment.fine", 40), ("cn/environment.penalty", 15)),
        encoding="gb18030",
    ),
    Delivery(
        "penalties-market",
        "cn/penalties",
        MARKET,
        90,
        (
            ("cn/product_quality.penalty", 30),
            ("cn/food.penalty", 30),
            ("cn/competition.penalty", 25),
            ("cn/registration.penalty", 10),
            ("cn/intellectual_property.penalty", 5),
        ),
    ),
    Delivery(
        "penalties-works",
        "cn/penalties",
        WORKS,
        60,
        (
            ("cn/workplace_safety.penalty", 35),
            ("cn/construction.penalty", 30),
            ("cn/transport.penalty", 25),
            ("cn/procurement.penalty", 10),
        ),
    ),
    Delivery(
        "permits",
        "cn/permits",
        REGISTRAR,
        110,
        (
            ("cn/registration.permit", 30),
            ("cn/construction.permit", 20),
            ("cn/environment.permit", 15),
            ("cn/food.permit", 20),
            ("cn/transport.permit", 15),
        ),
        form=Form.CSV_GZ,
    ),
    Delivery(
        "inspections",
        "cn/inspections",
        MARKET,
        70,
        (
            ("cn/product_quality.inspection", 25),
            ("cn/food.inspection", 25),
            ("cn/workplace_safety.inspection", 20),
            ("cn/environment.inspection", 20),
            ("cn/construction.inspection", 10),
        ),
        form=Form.PARQUET,
    ),
    Delivery(
        "court-judgments",
        "cn/court-judgments",
        COURT,
        25,
        (("cn/court.judgment", 98), ("cn/environment.crime", 2)),
        form=Form.JSONL_GZ,
    ),
    Delivery("wage-arrears", "cn/wage-arrears", LABOUR, 15, (("cn/wages.arrears", 1),)),
    Delivery(
        "reported-lists",
        "cn/reported-lists",
        CREDIT,
        8,
        (
            ("cn/court.defaulter", 60),
            ("cn/tax.grade_a", 35),
            ("cn/workplace_safety.redlist", 5),
            ("cn/customs.aeo", 5),
        ),
    ),
    Delivery("commitments", "cn/commitments", ECOLOGY, 6, (("cn/environment.commitment", 1),)),
    Delivery(
        "honours",
        "cn/honours",
        CREDIT,
        6,
        (("cn/product_quality.honour", 20), ("cn/contracts.honour", 40), ("cn/environment.clean_year", 40)),
        form=Form.XLSX,
        most=5000,
    ),
    Delivery("penalties-outlets", "cn/penalties", FOOD, 2, (("cn/food.penalty", 1),), spread=Spread.OUTLETS),
    Delivery("findings", "cn/findings", CREDIT, 25, spread=Spread.CASES),
    Delivery("grading-inputs", "cn/grading-inputs", CREDIT, 10, spread=Spread.CASES),
    Delivery("city-indicators", "cn/city-indicators", GOVERNMENT, spread=Spread.CITIES),
)
"""The shares sum to 1,000. Files of one contract have different agencies, so their documents never share a
number. In a file of cases each row names the agency that found it. What the cities state, and the classes of
enterprises, are beside the thousand, and without a fault: an index, and counts by class, need all of it. The ecology
bureaus send GB 18030, as their system has done since before UTF-8."""
