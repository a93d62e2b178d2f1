"""A person is no criterion: a rule that looks at one is refused (DESIGN section 1, clauses 1 and 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Code, Count, Largest, Latest, Number, Per, Recorded, Rulebook, Sum, Table
from .findings import Finding, finding

_HOLDERS = (
    r"person|persons|individual|individuals|natural_person|legal_rep\w*|representative|director|"
    r"directors|shareholder_person|controller|officer|manager|finance_head|spouse"
)
_TRAITS = (
    r"child|children|family|"
    r"cpf|identity_number|id_card|passport|birth\w*|gender|ethnic\w*|religion|nationality|health"
)
PERSON = re.compile(rf"(^|[._\s-])({_HOLDERS}|{_TRAITS})($|[._\s-])", re.IGNORECASE)
HOLDER = re.compile(rf"(^|[._\s-])({_HOLDERS})($|[._\s-])", re.IGNORECASE)
"""A value of a code may well be “health”, of which law protects it; a person or a role it may not be."""
PERSON_ZH = re.compile(
    "法定代表人|自然人|个人|财务负责人|实际控制人|董事|监事|股东|身份证|配偶|子女|民族|宗教|性别"
)


def _looked_at(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Every item, field and tie that is looked at, with the id of the entry that does."""
    for owner, select, _ in rulebook.selects():
        yield owner, select.item.partition("/")[2]
        yield from ((owner, one.field) for one in select.codes)
        yield from ((owner, one.field) for one in select.numbers)
    for rule in rulebook.selecting:
        if isinstance(rule.award, Per | Table) and isinstance(rule.award.measure, Number):
            yield rule.id, rule.award.measure.field
    for fact in rulebook.facts:
        if isinstance(fact, Recorded):
            yield from ((fact.id, tie) for tie in fact.group)
        if isinstance(fact, Count) and fact.distinct is not None:
            yield fact.id, fact.distinct
        if isinstance(fact, Latest | Sum | Largest) and isinstance(fact.of, Number | Code):
            yield fact.id, fact.of.field


def no_persons(rulebook: Rulebook) -> Iterator[Finding]:
    """No item, field, value of a code or tie that is looked at is about a person, by name."""
    named = [(owner, name, PERSON) for owner, name in _looked_at(rulebook)]
    named += [
        (owner, value, HOLDER)
        for owner, select, _ in rulebook.selects()
        for one in select.codes
        for value in one.values
    ]
    found = [(owner, name) for owner, name, person in named if person.search(name) or PERSON_ZH.search(name)]
    for owner, name in dict.fromkeys(found):
        yield finding(
            19,
            owner,
            f"{name} is about a person",
            "a person is only the holder of a role; write it under `untranslatable`, because: refused",
        )
