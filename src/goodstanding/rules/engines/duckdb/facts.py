"""Facts as columns: a layer for those worked out from records, then one for each step of those that rest on them.

A fact has two columns, <name>_low and <name>_high, both included; NULL is open. A code has the same in both.
"""

from __future__ import annotations

from math import lcm

from ...model import (
    Count,
    Derived,
    Fact,
    LargestOf,
    Latest,
    RatioOf,
    Recorded,
    ResultOf,
    Sum,
    SumOf,
    WeightedOf,
)
from .intervals import exact, extreme, quotient
from .matching import quoted
from .probes import Probe
from .summing import Summing


class Facts(Summing):
    """Builds the layers of the facts of a rulebook."""

    def facts(self) -> None:
        """The facts, each in a layer after those that it rests on."""
        levels: dict[str, int] = {}
        layers: list[list[str]] = []
        for fact in self.rulebook.facts_in_order():
            resting = fact.facts if isinstance(fact, Derived) else ()
            levels[fact.id] = 1 + max((levels[one] for one in resting), default=-1)
            name = self.names[fact.id]
            low, high = self._fact(fact)
            layers += [[] for _ in range(levels[fact.id] + 1 - len(layers))]
            layers[levels[fact.id]].append(f"{low} AS {name}_low, {high} AS {name}_high")
            if not isinstance(fact, Derived):
                self.unsure.append((fact.id, f"NOT {exact(name)}"))
            elif isinstance(fact, RatioOf):  # the only one that may be not known where its parts are
                parts = " AND ".join(exact(self.names[one]) for one in fact.facts)
                self.unsure.append((fact.id, f"NOT {exact(name)} AND {parts}"))
        self.layers += [", ".join(one) for one in layers if one]

    def _fact(self, fact: Fact) -> tuple[str, str]:
        if isinstance(fact, Recorded):
            return self._recorded(fact)
        if isinstance(fact, ResultOf):
            other = self.other(fact)
            return (f"{other}_low", f"{other}_high") if fact.points else (f"{other}_grade", f"{other}_grade")
        parts = [self.names[one] for one in fact.facts]
        if isinstance(fact, RatioOf):
            return self._ratio(fact, *parts)
        if isinstance(fact, WeightedOf):
            return self._weighted(fact, parts)
        lows, highs = [f"{one}_low" for one in parts], [f"{one}_high" for one in parts]
        if isinstance(fact, LargestOf):
            told = " AND ".join(f"{one} IS NOT NULL" for one in highs)
            return extreme("greatest", lows), f"CASE WHEN {told} THEN {extreme('greatest', highs)} END"
        assert isinstance(fact, SumOf)
        sums = (" + ".join(f"{one}::HUGEINT" for one in ends) for ends in (lows, highs))
        low, high = (f"({one})::BIGINT" for one in sums)
        return low, high

    def other(self, fact: ResultOf) -> str:
        """What the columns of another rulebook's results begin with."""
        return f"o{self.probes.others().index((fact.rulebook, fact.day.day(self.probes.on)))}"

    def absent(self, probe: Probe) -> str:
        """Whether nothing is known beyond what may be recorded, as an expression."""
        if probe.uncovered:
            return "TRUE"
        return f"coalesce(p{probe.number}_absent, FALSE)" if probe.presence is not None else "FALSE"

    def _recorded(self, fact: Recorded) -> tuple[str, str]:
        probe = self.probes.of_fact(fact)
        name, absent = f"p{probe.number}", self.absent(probe)
        total = f"coalesce({name}_all, 0)"
        if isinstance(fact, Count):
            sure, most = f"coalesce({name}_sure, 0)", total
            if fact.distinct is not None:
                sure, most = f"coalesce({name}_low, 0)", f"coalesce({name}_high, 0)"
            return sure, f"CASE WHEN NOT {absent} THEN {most} END"
        if isinstance(fact, Sum):
            told = f"NOT {absent} AND coalesce({name}_null, 0) = 0"
            low, high = (f"CASE WHEN {told} THEN coalesce({name}_{end}, 0) END" for end in ("low", "high"))
            return low, high
        if fact.if_none is None:
            none = "NULL"
        else:
            none = quoted(fact.if_none) if isinstance(fact.if_none, str) else str(fact.if_none)
        empty = f"{total} = 0 AND NOT {absent}"
        if isinstance(fact, Latest):
            value = f"CASE WHEN {empty} THEN {none} ELSE {name}_value END"
            if probe.uncovered:  # a later one may not have been delivered
                value = f"CASE WHEN FALSE THEN {name}_value END"
            return value, value
        told = f"NOT {absent} AND coalesce({name}_null, 0) = 0"
        return (
            f"CASE WHEN {empty} THEN {none} ELSE {name}_low END",
            f"CASE WHEN {empty} THEN {none} WHEN {told} THEN {name}_high END",
        )

    def _ratio(self, fact: RatioOf, part: str, whole: str) -> tuple[str, str]:
        known = f"{part}_low >= 0 AND {whole}_low > 0"
        nothing = f"{part}_low >= 0 AND {whole}_low = 0 AND {whole}_high = 0"
        if_nothing = "NULL" if fact.if_whole_is_zero is None else str(fact.if_whole_is_zero)

        def share(of: str, by: str) -> str:
            number = f"({part}_{of}::HUGEINT * {fact.per})"
            divided = quotient(number, f"{whole}_{by}::HUGEINT", fact.rounding, signed=False)
            return f"{divided}::BIGINT"

        low = f"CASE WHEN {whole}_high IS NULL THEN 0 ELSE {share('low', 'high')} END"
        return (
            f"CASE WHEN {known} THEN {low} WHEN {nothing} THEN {if_nothing} END",
            f"CASE WHEN {known} THEN {share('high', 'low')} WHEN {nothing} THEN {if_nothing} END",
        )

    def _weighted(self, fact: WeightedOf, parts: list[str]) -> tuple[str, str]:
        whole = lcm(*(one.denominator for one in fact.parts))
        ends = []
        for end, other in (("low", "high"), ("high", "low")):
            terms = []
            for weight, name in zip(fact.parts, parts, strict=True):
                times = weight.numerator * (whole // weight.denominator)
                terms.append(f"{name}_{end if times > 0 else other}::HUGEINT * {times}")
            total = f"({' + '.join(terms)})"
            ends.append(f"{quotient(total, str(whole), fact.rounding)}::BIGINT")
        return ends[0], ends[1]
