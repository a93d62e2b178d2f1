"""Penalties of the outlets of chains: of each, four, five or six outlets within a year. SQL of rows."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import Contract, Pack
from goodstanding.generator.chance import Chance, array, literal
from goodstanding.generator.deliveries import Delivery
from goodstanding.generator.facts import first_basis
from goodstanding.generator.places import CITIES

ITEM = "cn/food.penalty"
FEWEST, MOST = 4, 6
"""So many outlets of a chain are penalised; where they are the fewest, one of them twice."""


def outlets(
    chance: Chance, pack: Pack, contract: Contract, delivery: Delivery, rows: int, today: date
) -> str:
    """SQL of penalties about branches and held companies of one head: whole chains, `rows` at most.

    Columns: as of `facts.facts` for the same contract.
    """
    texts = {path: text for text, path in contract.record.items}
    chains = f"""
        SELECT * FROM (SELECT *, row_number() OVER (ORDER BY chain, outlet, again) - 1 AS j
        FROM (SELECT i, parent, dense_rank() OVER (ORDER BY parent) - 1 AS chain,
                     row_number() OVER (PARTITION BY parent ORDER BY i) - 1 AS outlet,
                     count(*) OVER (PARTITION BY parent) AS outlets
              FROM organisation WHERE parent IS NOT NULL
              QUALIFY outlets >= {MOST})
        CROSS JOIN (VALUES (0), (1)) AS times(again)
        WHERE outlet < {FEWEST} + chain % {MOST - FEWEST + 1}
          AND (again = 0 OR (outlet = 0 AND chain % {MOST - FEWEST + 1} = 0)))
        QUALIFY max(j) OVER (PARTITION BY chain) < {rows}"""
    drawn = chance.drawn(f"({chains})", delivery.name, ("a", "b", "c", "d", "when", "amount", "fault"), "j")
    fine = "CASE WHEN penalty = '罚款' THEN (500 + w_amount % 20 * 500)::BIGINT * 1000 END"
    return f"""
        SELECT *, {fine} AS amount,
               CASE WHEN penalty = '警告' THEN 1 WHEN w_b % 10 = 0 THEN NULL ELSE 2 END AS seriousness,
               decided - (w_c % 30)::INTEGER AS occurred, NULL::DATE AS until, year(decided) AS year,
               short || {literal(delivery.agency.word)} || '罚〔' || year(decided) || '〕' || (j + 1) || '号' AS number
        FROM (SELECT fact.* EXCLUDE (i, parent), organisation.* EXCLUDE (i),
                     {literal(texts[ITEM])} AS item, '' AS kind_of, {literal(first_basis(pack, ITEM))} AS law,
                     city || {literal(delivery.agency.zh)} AS organ,
                     {array(delivery.agency.codes())}[list_position({array([one.zh for one in CITIES])}, city)]
                         AS organ_code,
                     CASE WHEN w_d % 4 = 0 THEN '警告' ELSE '罚款' END AS penalty,
                     DATE {literal(today.isoformat())} AS today,
                     DATE {literal(today.isoformat())} - 1 - (w_when % 300)::INTEGER AS decided
              FROM ({drawn}) AS fact JOIN organisation ON organisation.i = fact.i)"""
