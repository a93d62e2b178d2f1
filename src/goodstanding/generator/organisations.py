"""The province's organisations, as one table in DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from goodstanding.generator import words
from goodstanding.generator.chance import Chance, array, below, count_rows, literal, pick, spread, weighted
from goodstanding.generator.codes import BODIES, body, check_character, organisation_check, registration_check
from goodstanding.generator.places import COUNTIES


@dataclass(frozen=True)
class Class:
    """A class of organisations: the first two symbols of its code, and how many in a thousand have it.

    `letters` are the first two of the organisation code; since 2015 each registering authority has its own.
    """

    head: str
    letters: str
    kind: str
    share: int
    forms: words.Words


CLASSES = (
    Class("91", "MA", "enterprise", 890, words.ENTERPRISE_FORMS),
    Class("93", "MC", "cooperative", 40, words.COOPERATIVE_FORMS),
    Class("51", "MJ", "social_organisation", 25, words.ASSOCIATION_FORMS),
    Class("52", "MK", "social_organisation", 25, words.SERVICE_FORMS),
    Class("12", "MB", "public_institution", 20, words.INSTITUTION_FORMS),
)

BRANCHES_PER_THOUSAND = 40
HELD_PER_THOUSAND = 60
FORMER_PERCENT = 5
NUMBERED_UNTIL = date(2015, 10, 1)
"""From this day on a registration gave the unified code and no number of its own."""

_PAIRS = len(words.FIRST) * len(words.SECOND) * len(words.TRADES)
MOST = _PAIRS * len(words.THIRD)
"""Most organisations that get names of their own: every pair in every trade, with every third syllable."""


_WORDS = (
    "class", "county", "county_too", "age", "branch", "held", "parent", "fold", "form", "surname", "given", "former",
)  # fmt: skip


def create_organisations(
    connection: duckdb.DuckDBPyConnection, chance: Chance, count: int, today: date
) -> None:
    """Make the table `organisation`.

    Columns: i BIGINT 0 … count - 1, code VARCHAR, kind VARCHAR, class VARCHAR (first two symbols), name,
    name_en, trade (zh), county, county_en, city, city_en, short, division VARCHAR, registered_on DATE, parent
    BIGINT (NULL, or the organisation that this is a branch of or is held by), branch BOOLEAN, person and
    person_en VARCHAR (the legal representative or person in charge), former VARCHAR (a former name, or NULL),
    old_number VARCHAR (registration number of before October 2015, or NULL).

    Args:
        count: 1 … MOST.
        today: no organisation is registered after it.
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"organisations must be 1 to {MOST}, not {count}")
    count_rows(connection, 0, count)
    connection.execute(f"CREATE OR REPLACE TABLE organisation AS {_named(chance, today)}")


def _drawn(chance: Chance, today: date) -> str:
    """Numbers only: class, county, name and the free part of the code."""
    classes = tuple((str(number), one.share) for number, one in enumerate(CLASSES))
    # The capital's counties come first: the lower half of the draws is folded upon them.
    county = f"least({below('w_county', len(COUNTIES))}, {below('w_county_too', len(COUNTIES))})"
    offset = chance.constants("code")[0] % BODIES
    number = f"((i * {_code_stride()} + {offset}) % {BODIES})"
    parent = below("w_parent", f"greatest(i, 1) // (1 + {below('w_fold', 64)}) + 1")
    return f"""
        SELECT *, {weighted("w_class", classes)} AS class_number, {county} + 1 AS county_number,
               (DATE {literal(today.isoformat())} - 30 - ({below("w_age", 365 * 25)})::INTEGER) AS registered_on,
               {number} AS code_number,
               i > 0 AND {below("w_branch", 1000)} < {BRANCHES_PER_THOUSAND} AS branch_drawn,
               i > 0 AND {below("w_held", 1000)} < {HELD_PER_THOUSAND} AS held_drawn,
               {spread("(i % " + str(_PAIRS) + ")", _PAIRS, chance.constants("name")[0])} AS pair,
               i // {_PAIRS} + 1 AS third, {parent} AS parent_drawn
        FROM ({chance.drawn("numbered", "organisation", _WORDS)})"""


def _code_stride() -> int:
    """Odd and no multiple of 31, so that codes are distinct; large, so that neighbours differ."""
    return 548_273_963


def _coded(chance: Chance, today: date) -> str:
    heads = array([one.head for one in CLASSES])
    letters = array([one.letters for one in CLASSES])
    divisions = array([county.code for county, _ in COUNTIES])
    return f"""
        SELECT *, {heads}[class_number + 1] AS class, {divisions}[county_number] AS division,
               {letters}[class_number + 1] || {body("code_number")} AS organisation_body,
               branch_drawn AND class_number = 0 AS branch,
               held_drawn AND class_number = 0 AND NOT branch_drawn AS held,
               pair % {len(words.FIRST)} + 1 AS first,
               pair // {len(words.FIRST)} % {len(words.SECOND)} + 1 AS second,
               pair // {len(words.FIRST) * len(words.SECOND)} + 1 AS trade_number
        FROM ({_drawn(chance, today)})"""


def _texts() -> str:
    """SQL of the columns that write the name, in both languages."""

    def both(name: str, table: words.Words, place: str) -> str:
        return (
            f"{array([zh for zh, _ in table])}[{place}] AS {name}, "
            f"{array([en for _, en in table])}[{place}] AS {name}_en"
        )

    def form(language: int) -> str:
        cases = " ".join(
            f"WHEN {number} THEN {pick('w_form', tuple(pair[language] for pair in one.forms))}"
            for number, one in enumerate(CLASSES)
        )
        return f"(CASE class_number {cases} END)"

    counties = tuple((county.zh, county.en) for county, _ in COUNTIES)
    cities = tuple((city.zh, city.en) for _, city in COUNTIES)
    shorts = array([city.short for _, city in COUNTIES])
    parts = (
        both("one", words.FIRST, "first"),
        both("two", words.SECOND, "second"),
        both("three", words.THIRD, "third"),
        both("trade", words.TRADES, "trade_number"),
        both("county", counties, "county_number"),
        both("city", cities, "county_number"),
        f"{shorts}[county_number] AS short",
        f"{form(0)} AS form, {form(1)} AS form_en",
        both("family", words.SURNAMES, f"{below('w_surname', len(words.SURNAMES))} + 1"),
        both("given", words.GIVEN, f"{below('w_given', len(words.GIVEN))} + 1"),
    )
    return ", ".join(parts)


def _named(chance: Chance, today: date) -> str:
    checked = "division || organisation_body || " + organisation_check("organisation_body")
    return f"""
        WITH coded AS MATERIALIZED (
            SELECT *, class || {checked} AS seventeen FROM ({_coded(chance, today)})
        ), written AS MATERIALIZED (
            SELECT *, {_texts()} FROM coded
        ), own AS MATERIALIZED (
            SELECT i, seventeen || {check_character("seventeen")} AS code, class_number, class, division,
                   registered_on, trade, county, county_en, city, city_en, short, branch,
                   CASE WHEN branch OR held THEN parent_drawn END AS drawn,
                   one || two || three || trade AS stem,
                   upper(one_en[1]) || substr(one_en, 2) || two_en || three_en || ' ' || trade_en AS stem_en,
                   form, form_en, family || given AS person, family_en || ' ' || given_en AS person_en,
                   CASE WHEN {below("w_former", 100)} < {FORMER_PERCENT}
                        THEN county || {array([zh for zh, _ in words.FIRST])}[(first + 7) % {len(words.FIRST)} + 1]
                             || two || three || trade || form END AS former,
                   CASE WHEN class_number = 0 THEN division || lpad((i % 40000000)::VARCHAR, 8, '0') END AS fourteen
            FROM written
        )
        SELECT * EXCLUDE (old_number_drawn),
               CASE WHEN registered_on < DATE {literal(NUMBERED_UNTIL.isoformat())}
                    THEN old_number_drawn END AS old_number
        FROM (SELECT own.i, own.code, {array([one.kind for one in CLASSES])}[own.class_number + 1] AS kind, own.class,
               CASE WHEN own.branch AND parent.i IS NOT NULL
                    THEN parent.county || parent.stem || parent.form || own.county || '分公司'
                    ELSE own.county || own.stem || own.form END AS name,
               CASE WHEN own.branch AND parent.i IS NOT NULL
                    THEN parent.county_en || ' ' || parent.stem_en || ' ' || parent.form_en || ' '
                         || own.county_en || ' Branch'
                    ELSE own.county_en || ' ' || own.stem_en || ' ' || own.form_en END AS name_en,
               own.trade, own.county, own.county_en, own.city, own.city_en, own.short, own.division,
               CASE WHEN own.registered_on < parent.registered_on
                    THEN parent.registered_on + ((DATE {literal(today.isoformat())} - own.registered_on)
                         % greatest(DATE {literal(today.isoformat())} - parent.registered_on, 1))::INTEGER
                    ELSE own.registered_on END AS registered_on, parent.i AS parent,
               own.branch AND parent.i IS NOT NULL AS branch, own.person, own.person_en,
               CASE WHEN own.branch AND parent.i IS NOT NULL THEN NULL ELSE own.former END AS former,
               own.fourteen || {registration_check("own.fourteen")} AS old_number_drawn
        FROM own LEFT JOIN own AS parent
          ON own.drawn = parent.i AND parent.class_number = 0 AND NOT parent.branch AND parent.i < own.i)
        ORDER BY i"""
