"""The facts behind a file of findings: its cases in turn, each about somebody who can have it. SQL relations."""

from __future__ import annotations

from collections import Counter
from datetime import date

from goodstanding.catalogue.model import Contract, Pack
from goodstanding.generator.cases import Case, Pool, When
from goodstanding.generator.chance import Chance, array, literal, skewed_rank, spread, stride
from goodstanding.generator.deliveries import Delivery
from goodstanding.generator.facts import ACTIVE_PERCENT, WORDS, YEARS, first_basis
from goodstanding.generator.findings import FINDINGS
from goodstanding.generator.graded import GRADED

CASES: dict[str, tuple[Case, ...]] = {"cn/findings": FINDINGS, "cn/grading-inputs": GRADED}
"""The cases of a file, by its contract."""

HEADERS = {
    contract: tuple(dict.fromkeys(header for case in cases for header in case.cells))
    for contract, cases in CASES.items()
}
"""The columns that the cases fill, by contract."""

_GROUPS = (Pool.TRADERS, Pool.BUILDERS, Pool.GASES, Pool.PLANTS)
_KINDS = {"social_organisation": Pool.SOCIAL, "cooperative": Pool.FARMS}


def determined(
    chance: Chance, pack: Pack, contract: Contract, delivery: Delivery, *, organisations: int, today: date
) -> str:
    """SQL of one row for each row of `numbered(i)`; a row whose organisation cannot have it is left out.

    Columns: j (from 0), the organisation's, item (the agency's text), number, organ, law, decided, occurred,
    begins, until DATE, year, amount BIGINT (fen), seriousness, w_… words, and one for each of `HEADERS`.
    """
    cases = CASES[contract.path]
    wheel = [(place, ordinal) for place, case in enumerate(cases) for ordinal in range(case.weight)]
    slots = ", ".join(
        f"({slot}, {place}, {_turn(cases, place, ordinal)})" for slot, (place, ordinal) in enumerate(wheel)
    )
    headers = HEADERS[contract.path]
    values = ", ".join(
        f"({place}, {_case(case, pack, contract, cases, headers)})" for place, case in enumerate(cases)
    )
    names = ", ".join([*_COLUMNS, *(f'"{header}_of"' for header in headers)])
    drawn = chance.drawn("numbered", delivery.name, WORDS)
    size = len(wheel)
    active = max(1, organisations * ACTIVE_PERCENT // 100)
    rank = spread(skewed_rank("w_octave", "w_within", active), active, chance.constants(contract.path)[0])
    ranked = spread(rank, organisations, chance.constants("active")[0])
    day = f"DATE {literal(today.isoformat())}"
    filled = ", ".join(
        _picked(f'"{header}_of"', number) + f' AS "{header}"' for number, header in enumerate(headers)
    )
    return f"""
        WITH pooled AS (
            SELECT i, pool, row_number() OVER (PARTITION BY pool ORDER BY i) - 1 AS n
            FROM (SELECT i, {_pool()} AS pool FROM organisation) WHERE pool IS NOT NULL
        ), sizes AS (
            SELECT pool, count(*) AS size FROM pooled GROUP BY pool
        ), fact AS (
            SELECT drawn.* EXCLUDE (i), drawn.i AS j, cases.*,
                   CASE WHEN per > 0 THEN drawn.i // {size} * per + turn ELSE w_within::BIGINT END AS wanted,
                   {ranked} AS ranked
            FROM ({drawn}) AS drawn
            JOIN (VALUES {slots}) AS slots(slot, slot_place, turn)
              ON slots.slot = drawn.i * {stride(size)} % {size}
            JOIN (VALUES {values}) AS cases({names}) ON cases.place = slots.slot_place
        ), told AS (
            SELECT fact.*, organisation.* EXCLUDE (i), {day} AS today, {_decided(day)} AS decided
            FROM fact LEFT JOIN sizes ON sizes.pool = fact.pool_of
            LEFT JOIN pooled ON pooled.pool = fact.pool_of AND pooled.n = fact.wanted % sizes.size
            JOIN organisation ON organisation.i = CASE WHEN pool_of = '' THEN ranked ELSE pooled.i END
        )
        SELECT *, year(occurred) AS year, {filled}, city || organ_of AS organ,
               short || word_of || '定〔' || year(decided) || '〕' || (j + 1) || '号' AS number,
               {_picked("amounts", 1)} AS amount, {_picked("degrees", 2)} AS seriousness,
               CASE WHEN w_d % 100 < ended_of AND greatest(decided, begins) + {_ENDS} < today
                    THEN greatest(decided, begins) + {_ENDS} END AS until
        FROM (SELECT *,
                     CASE WHEN when_of = '{When.YEAR_END}' THEN make_date(year(today) - 1, 12, 31)
                          ELSE greatest(decided - (w_c % 60)::INTEGER, least(registered_on, decided)) END AS occurred,
                     CASE WHEN begins_of = 0 THEN decided
                          ELSE (today - to_months(begins_of::INTEGER))::DATE + {_EDGES} END AS begins
              FROM told)
        WHERE decided >= registered_on AND decided < today"""


_COLUMNS = (
    "place", "item", "organ_of", "word_of", "law", "pool_of", "when_of", "begins_of", "ended_of", "per", "amounts",
    "degrees",
)  # fmt: skip

_ENDS = "20 + (w_d // 100 % 300)::INTEGER"
_EDGES = "[-200, -1, 0, 1][(w_a // 7 % 4)::INTEGER + 1]"


def _turn(cases: tuple[Case, ...], place: int, ordinal: int) -> int:
    """The place of a slot among those of its item of which an organisation has one only."""
    before = sum(one.weight for one in cases[:place] if one.once and one.item == cases[place].item)
    return before + ordinal if cases[place].once else 0


def _case(
    case: Case, pack: Pack, contract: Contract, cases: tuple[Case, ...], headers: tuple[str, ...]
) -> str:
    """SQL of the constants of a case, in the order of `_COLUMNS` and the headers, but for its place."""
    texts = {path: text for text, path in contract.record.items}
    per = Counter({one.item: 0 for one in cases})
    per.update({case.item: sum(one.weight for one in cases if one.once and one.item == case.item)})
    constants = [
        literal(texts[case.item]),
        literal(case.agency.zh),
        literal(case.agency.word),
        literal(first_basis(pack, case.item)),
        literal(case.pool),
        literal(case.when),
        str(case.begins),
        str(case.ended),
        str(per[case.item] if case.once else 0),
        f"{_numbers(case.amounts)}::BIGINT[]",
        f"{_numbers(case.degrees)}::INTEGER[]",
    ]
    for header in headers:
        choices = case.cells.get(header, ())
        constants.append(f"{array(choices) if choices else 'NULL'}::VARCHAR[]")
    return ", ".join(constants)


def _numbers(choices: tuple[int | None, ...]) -> str:
    return f"[{', '.join('NULL' if one is None else str(one) for one in choices)}]" if choices else "NULL"


def _picked(choices: str, number: int) -> str:
    """SQL of one of a list of the row; NULL where the list is missing or the text is empty."""
    word = ("w_a", "w_amount", "w_b", "w_c", "w_d")[number % 5]
    one = f"{choices}[({word} // {7 * number + 11} % greatest(len({choices}), 1)::UBIGINT)::INTEGER + 1]"
    return one if choices in ("amounts", "degrees") else f"nullif({one}, '')"


def _pool() -> str:
    """SQL of the group that an organisation is in, NULL for most."""
    kinds = " ".join(f"WHEN {literal(kind)} THEN {literal(pool)}" for kind, pool in _KINDS.items())
    groups = " ".join(f"WHEN {number} THEN {literal(pool)}" for number, pool in enumerate(_GROUPS))
    return f"CASE WHEN kind = 'enterprise' AND NOT branch THEN CASE i % 100 {groups} END ELSE CASE kind {kinds} END END"


def _decided(day: str) -> str:
    past = f"least({365 * YEARS}, greatest({day} - registered_on, 1))"
    january = f"make_date(year({day}), 1, 5) + (w_when % 20)::INTEGER"
    return f"""CASE when_of
        WHEN '{When.YEAR}' THEN {day} - 1 - (w_when % 350)::INTEGER
        WHEN '{When.LAST}' THEN make_date(year({day}) - 1, 1, 1) + (w_when % 365)::INTEGER
        WHEN '{When.YEAR_END}' THEN least({january}, {day} - 1)
        ELSE {day} - 1 - (w_when % {past}::UBIGINT)::INTEGER END"""
