"""A person is no criterion: a rule that looks at one is refused (DESIGN section 1, clauses 1 and 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Rulebook
from .findings import Finding, finding

PERSON = re.compile(
    r"(^|[._\s-])(person|persons|individual|individuals|natural_person|legal_rep\w*|representative|director|"
    r"directors|shareholder_person|controller|officer|manager|finance_head|spouse|child|children|family|"
    r"cpf|identity_number|id_card|passport|birth\w*|gender|ethnic\w*|religion|nationality|health)($|[._\s-])",
    re.IGNORECASE,
)
PERSON_ZH = re.compile(
    "法定代表人|自然人|个人|财务负责人|实际控制人|董事|监事|股东|身份证|配偶|子女|民族|宗教|性别"
)


def no_persons(rulebook: Rulebook) -> Iterator[Finding]:
    """No item or field of a selection is about a person, by name."""
    for owner, select, _ in rulebook.selects():
        names = [select.item.partition("/")[2], *(one.field for one in select.codes)]
        names += [one.field for one in select.numbers]
        for name in names:
            if PERSON.search(name) or PERSON_ZH.search(name):
                yield finding(
                    19,
                    owner,
                    f"{name} is about a person",
                    "a person is only the holder of a role; write it under `unknown` with the reason",
                )
