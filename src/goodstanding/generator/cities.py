"""What the governments of the province's cities state for the indices over cities. SQL of rows."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import Contract
from goodstanding.generator.chance import Chance, array, below, literal
from goodstanding.generator.deliveries import Delivery
from goodstanding.generator.places import CITIES

COMPLETE = 3
"""So many cities state everything that the indices ask for; each of the others leaves some of it out."""

_LEFT_OUT = 8  # one row in so many

_POINTS: dict[str, dict[int, str]] = {
    "city_credit_index_2019": {
        1: """outstanding-examples lists-share-of-nation joint-coverage joint-areas joint-departments
            joint-automated joint-automated-areas repair-mechanism repair-interviews repair-completed
            national-rules disclosure-provincial disclosure-municipal disclosure-volume platform-built
            platform-volume platform-utilities website website-clicks code-repeats code-corrections
            code-conversion service-agencies product-kinds third-party-indices hall-integrated
            service-platform processing-time""",
        2: """lists-illegal-records industry-supervision government-defaulters finance-lists e-commerce
            provincial-standard-lists repair-training repair-commitments breaches-disclosure
            outline-coverage innovative-systems education campaigns risk-warnings breaches-verified
            service-coverage contract-disputes class-a-taxpayers certified-firms""",
        3: """lists-share-of-entities lists-monthly-additions lists-monthly-removals joint-implementation
            repair-reports pledges credit-approvals""",
        4: "joint-cases",
        5: "breaches-governance",
        6: "breaches-government breaches-commercial breaches-societal",
        7: "credit-ease",
        8: "low-graded-enterprises",
        10: "focused-projects",
    },
    "model_city_2021": {
        1: "zero-errors government-funds",
        2: "data-security",
        5: "central-decisions",
        6: "trust-culture governmental-trust safeguards web-portal",
        7: "departments-share",
        8: "double-disclosure",
        10: "financial-risk innovation",
        17: "credit-loans",
    },
}
"""The indicators for which a city states the points that it was given, by index and by the most points."""

_FIGURES: dict[str, tuple[int, int]] = {
    "commitments-reported": (60_000, 110_000),
    "enterprises": (100_000, 120_000),
    "graded-supervision": (2, 20),
    "credit-domains": (2, 9),
    "repeated-withdrawn": (4_000, 10_000),
    "agencies-withdrawn": (4_000, 10_000),
}
"""The figures that it states, each with the least and the most that is drawn."""


def stated(chance: Chance, contract: Contract, delivery: Delivery, today: date) -> str:
    """SQL of one row for each thing that a city states.

    Columns: j, code and name of the government, item (the agency's text), index_of, indicator, value (a whole
    number, or NULL), score (hundredths of a point, or NULL), decided DATE.
    """
    texts = {path: text for text, path in contract.record.items}
    asked = [
        (texts["cn/cities.score"], index, indicator, most * 30, most * 100)
        for index, by_most in _POINTS.items()
        for most, indicators in by_most.items()
        for indicator in indicators.split()
    ]
    asked += [
        (texts["cn/cities.statistic"], "", indicator, *bounds) for indicator, bounds in _FIGURES.items()
    ]
    values = ", ".join(
        f"({k}, {literal(item)}, nullif({literal(index)}, ''), {literal(indicator)}, {least}, {most})"
        for k, (item, index, indicator, least, most) in enumerate(asked)
    )
    rows = f"""
        SELECT place * {len(asked)} + k AS j, place, item, index_of, indicator, least, most
        FROM range({len(CITIES)}) AS cities(place)
        CROSS JOIN (VALUES {values}) AS asked(k, item, index_of, indicator, least, most)"""
    drawn = f"least + {below('w_value', 'most - least + 1')}"
    return f"""
        SELECT j, {array(delivery.agency.codes())}[place + 1] AS code,
               {array([delivery.agency.organ(city.zh) for city in CITIES])}[place + 1] AS name,
               item, index_of, indicator,
               CASE WHEN index_of IS NULL THEN {drawn} END AS value,
               CASE WHEN index_of IS NOT NULL THEN {drawn} END AS score,
               DATE {literal(today.isoformat())} - 30 - place::INTEGER AS decided
        FROM ({chance.drawn(f"({rows})", delivery.name, ("value", "gap"), "j")})
        WHERE place < {COMPLETE} OR {below("w_gap", _LEFT_OUT)} > 0"""
