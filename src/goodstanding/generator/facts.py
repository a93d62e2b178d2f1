"""The facts behind the rows of a delivery: which organisation, what, when, how much. SQL relations."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import Contract, Pack
from goodstanding.generator.cells import Weighted, from_word
from goodstanding.generator.chance import Chance, array, literal, skewed_rank, spread, weighted
from goodstanding.generator.deliveries import Delivery, Spread
from goodstanding.generator.places import CITIES

ACTIVE_PERCENT = 40
"""Organisations about which any agency has ever found anything; the others have filings only."""

YEARS = 5
WORDS = ("a", "b", "c", "d", "when", "amount", "fault", "item", "octave", "within")

PENALTIES: Weighted = (
    ("罚款", 62), ("警告", 14), ("通报批评", 8), ("没收违法所得、没收非法财物", 8),
    ("责令停产停业", 5), ("暂扣许可证件", 2), ("吊销许可证件", 1),
)  # fmt: skip

_PRAISE = ("cn/commitments", "cn/honours")
"""Who gives a commitment is who gets an honour: Jiangsu's grade adds points only for both together."""

# Largest amounts in yuan; an item that is not here states none.
LARGEST: dict[str, int] = {
    "cn/tax.arrears": 2_000_000,
    "cn/tax.late_payment": 300_000,
    "cn/environment.fine": 1_000_000,
    "cn/wages.arrears": 3_000_000,
    "cn/court.judgment": 30_000_000,
    "cn/environment.crime": 5_000_000,
}
LARGEST_FINE = 500_000

# Items whose columns differ from those of their neighbours in the same file.
_KINDS = {
    "cn/tax.evaluation_information": "evaluation",
    "cn/tax.direct_d": "direct_d",
    "cn/environment.crime": "crime",
    "cn/court.defaulter": "defaulter",
    "cn/tax.grade_a": "grade_a",
    "cn/customs.aeo": "aeo",
}


def _performed(percent: int, least: int, span: int) -> str:
    """SQL of the days until a duty was performed, NULL if it was not, or nothing is owed."""
    days = f"{least} + w_d // 100 % {span}"
    return f"CASE WHEN largest > 0 AND w_d % 100 < {percent} AND {days} < today - decided THEN {days} END"


# How long what a file says stays in effect, by contract: SQL of days, NULL for no end known. What is "until
# performed" (taxes, judgments, wages) has an end only if that day has come.
_TERMS: dict[str, str] = {
    "cn/penalties": "CASE WHEN w_d % 10 < 3 THEN 180 + w_d % 900 END",
    "cn/permits": "365 * (1 + w_d % 5)",
    "cn/tax-matters": _performed(50, 1, 300),
    "cn/court-judgments": _performed(40, 20, 500),
    "cn/wage-arrears": _performed(70, 5, 200),
    "cn/reported-lists": "365 * (1 + w_d % 3)",
    "cn/commitments": "730",
    "cn/honours": "1095",
}


def facts(
    chance: Chance, pack: Pack, contract: Contract, delivery: Delivery, *, organisations: int, today: date
) -> str:
    """SQL of one row for each row of `numbered(i)`; a row whose organisation cannot have it is left out.

    Columns: j (from 0), the organisation's, item (the agency's text), kind_of, number, organ, organ_code, law,
    decided, occurred, until DATE, year, amount BIGINT (fen), penalty, seriousness, today, and w_… words.
    """
    items = delivery.items or ((contract.record.item, 1),)
    texts = {path: text for text, path in contract.record.items}
    law = [first_basis(pack, path) for path, _ in items]
    largest = [_largest(path) for path, _ in items]
    codes = delivery.agency.codes()
    wheel = tuple((str(number), weight) for number, (_, weight) in enumerate(items, 1))
    drawn = f"""
        SELECT *, i AS j, {_turn(delivery)} AS turn, DATE {literal(today.isoformat())} AS today,
               {weighted("w_item", wheel)} AS place
        FROM ({chance.drawn("numbered", delivery.name, WORDS)})"""
    ranked = f"SELECT *, {_organisation(chance, delivery, organisations)} AS whose FROM ({drawn})"
    fines = contract.path == "cn/penalties"
    return f"""
        SELECT *, decided + ({_TERMS.get(contract.path, "NULL")})::INTEGER AS until,
               {_amount(fines)} AS amount, {_seriousness(fines)} AS seriousness,
               short || {literal(delivery.agency.word + _document(contract, delivery))} || '〔' || year(decided) || '〕'
                     || (j + 1) || '号' AS number
        FROM (SELECT fact.* EXCLUDE (i), organisation.* EXCLUDE (i, nth),
                     {array([texts.get(path, "") for path, _ in items])}[place] AS item,
                     {array([_KINDS.get(path, "") for path, _ in items])}[place] AS kind_of,
                     {array(law)}[place] AS law, [{", ".join(map(str, largest))}][place]::BIGINT AS largest,
                     city || {literal(delivery.agency.zh)} AS organ,
                     {array(codes)}[list_position({array([city.zh for city in CITIES])}, city)] AS organ_code,
                     {_penalty(items) if fines else "NULL::VARCHAR"} AS penalty,
                     {_days(delivery, contract, today)}
              FROM ({ranked}) AS fact
              JOIN {_numbered(chance, delivery, organisations)} AS organisation ON organisation.nth = fact.whose
              {_eligible(delivery, contract)})"""


def _turn(delivery: Delivery) -> str:
    """How many years of everyone's filings come before: a year is whole before the next one begins."""
    return f"(i // {_filers(delivery)})::INTEGER" if delivery.spread is Spread.FILINGS else "0"


def _organisation(chance: Chance, delivery: Delivery, organisations: int) -> str:
    """Who the row is about. Each contract has its own most frequent names, all of them among the active."""
    if delivery.spread is Spread.FILINGS:
        return f"i % {_filers(delivery)}"
    active = max(1, organisations * ACTIVE_PERCENT // 100)
    rank = skewed_rank("w_octave", "w_within", active)
    kind = "praise" if delivery.contract in _PRAISE else delivery.contract
    return spread(spread(rank, active, chance.constants(kind)[0]), organisations, _offset(chance))


def _offset(chance: Chance) -> int:
    return chance.constants("active")[0]


def _of_kinds(delivery: Delivery) -> str:
    return f"FROM organisation WHERE kind IN ({', '.join(map(literal, delivery.kinds))})"


def _filers(delivery: Delivery) -> str:
    """SQL of how many have to file."""
    return f"(SELECT greatest(count(*), 1) {_of_kinds(delivery)})"


def _numbered(chance: Chance, delivery: Delivery, organisations: int) -> str:
    """The organisations with the number that a row calls them by; those that have to file are counted apart."""
    if delivery.spread is not Spread.FILINGS:
        return "(SELECT *, i AS nth FROM organisation)"
    order = spread("i", organisations, _offset(chance))
    return f"(SELECT *, row_number() OVER (ORDER BY {order}) - 1 AS nth {_of_kinds(delivery)})"


def _days(delivery: Delivery, contract: Contract, today: date) -> str:
    """SQL of decided, occurred and year."""
    if delivery.spread is Spread.SKEWED:
        past = f"least({365 * YEARS}, greatest(today - registered_on, 1))"
        decided = f"(today - 1 - (w_when % {past}::UBIGINT)::INTEGER)"
        occurred = f"greatest({decided} - (w_c % 120)::INTEGER, least(registered_on, {decided}))"
        return f"{decided} AS decided, {occurred} AS occurred, year({decided}) AS year"
    if contract.path == "cn/tax-matters":
        year = f"({today.year - 1} - turn)"
        decided = f"(make_date({year}, 12, 20) + (w_when % 11)::INTEGER)"
        return f"{decided} AS decided, {decided} AS occurred, {year} AS year"
    # Reports are due by 30 June of the next year. First come those that fell due last year, which the lists of
    # who filed none look at; then, once June is over, those of this year; then older ones.
    year = f"({today.year - 2} - turn)"
    if today.month > 6:
        year = f"CASE turn WHEN 0 THEN {today.year - 2} ELSE {today.year} - turn END"
    year = f"({year})"
    late = "CASE WHEN w_a % 100 < 6 THEN 181 + (w_when % 180)::INTEGER ELSE (w_when % 181)::INTEGER END"
    published = f"least(make_date({year} + 1, 1, 1) + {late}, today - 1)"
    return f"{published} AS decided, {published} AS occurred, {year} AS year"


def _eligible(delivery: Delivery, contract: Contract) -> str:
    if delivery.spread is Spread.SKEWED:
        return ""
    if contract.path == "cn/tax-matters":
        return "WHERE kind = 'enterprise' AND NOT branch AND year(registered_on) <= year"
    return "WHERE year(registered_on) <= year AND w_b % 100 < 93"


def _document(contract: Contract, delivery: Delivery) -> str:
    """The character that says what kind of document it is."""
    kinds = {"cn/penalties": "罚", "cn/permits": "许", "cn/inspections": "检", "cn/court-judgments": "初"}
    return kinds.get(contract.path, "评" if delivery.spread is Spread.FILINGS else "决")


def first_basis(pack: Pack, path: str) -> str:
    """The first law on which an item rests, as agencies cite it."""
    first = pack.item(path).basis[0]
    return first.instrument + (f"第{first.article.replace(', ', '、')}条" if first.article else "")


def _largest(path: str) -> int:
    """Largest amount of an item in fen, 0 where it states none."""
    if path.endswith(".penalty"):
        return LARGEST_FINE * 100
    return LARGEST.get(path, 0) * 100


def _penalty(items: tuple[tuple[str, int], ...]) -> str:
    """SQL of the kind of penalty; the items of the environment say it themselves."""
    fixed = {"cn/environment.warning": "警告", "cn/environment.fine": "罚款"}
    known = array([fixed.get(path, "") for path, _ in items])
    return f"coalesce(nullif({known}[place], ''), {from_word(PENALTIES, 'w_d', 7)})"


def _amount(fines: bool) -> str:
    """SQL of the amount in fen: spread over its orders of magnitude, in steps of 100 yuan."""
    drawn = "(w_amount % largest::UBIGINT)::BIGINT >> (w_c % 10)::BIGINT"
    limit = "penalty = '罚款'" if fines else "true"
    return f"CASE WHEN largest > 0 AND {limit} THEN greatest(({drawn}) // 10000 * 10000, 10000) END"


def _seriousness(fines: bool) -> str:
    """SQL of the degree under Order 36: by kind of penalty, a fine by its amount; some agencies state none."""
    if not fines:
        return "NULL::INTEGER"
    return f"""CASE WHEN w_b // 100 % 100 < 8 THEN NULL
                    WHEN penalty = '警告' OR penalty = '通报批评' THEN 1
                    WHEN penalty = '责令停产停业' OR penalty = '吊销许可证件' THEN 3
                    WHEN penalty <> '罚款' THEN 2
                    WHEN ({_amount(True)}) < 1000000 THEN 1
                    WHEN ({_amount(True)}) < 30000000 THEN 2 ELSE 3 END"""
