"""One pass over the cells: trimmed, typed, judged, mapped, written as canonical JSON.

The SQL is a chain of projections, each naming its results for the next, so that nothing is worked out twice
and nothing but the result is kept. The table that comes out holds every row; what is wrong with one stands
in lists that are NULL for nearly all.
"""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.intake import admission, sql
from goodstanding.intake.body import Body
from goodstanding.intake.mapping import exempt, mapped, shown
from goodstanding.intake.parts import Finding, Mapped
from goodstanding.intake.plan import Plan
from goodstanding.intake.values import typed


def stage_sql(plan: Plan, *, few: bool) -> str:
    """The query whose result is the stage table.

    Its columns: `row` if the source is numbered; what the batch's view needs; `body`; `refused`, the place of
    the ground that refuses the row; `bad`; `suspect` of a personal number; `findings`, a list of structures
    (column_name, value_shown, rule); `cells` as received, of bad and suspect rows; filled_0 … for the floors.
    It is short where there are `few` rows, and quick where there are many.
    """
    parts = mapped(plan)
    query = plan.source.relation
    for level in (_trimmed(plan), _texts(plan), _values(plan), _faults(plan)):
        query = f"(SELECT *, {', '.join(level)} FROM {query})" if level else query
    outputs = [f"{made} AS {name}" for name, made in parts.outputs.items()]
    query = f"(SELECT *, {', '.join(outputs)} FROM {query})"
    body = Body(plan)
    judged = [
        f"{admission.refusal(plan)} AS refused",
        f"({_bad(plan, parts)}) AS bad",
        f"({_noted(plan, parts)}) AS noted",
        f"({admission.suspect(plan, few=few)}) AS suspect",
        *(f"{made} AS {name}" for name, made in body.texts.items()),
    ]
    query = f"(SELECT *, {', '.join(judged)} FROM {query})"
    every = ", ".join(f"c{place}" for place in range(len(plan.source.headers)))
    results = [
        *(["row"] if plan.source.numbered else []),
        *(name for name, made in shown(plan, parts).items() if name == made),
        f"{body.written_out} AS body",
        "refused",
        "bad",
        "suspect",
        f"CASE WHEN (bad OR noted) AND refused IS NULL THEN {_list(plan, _all(plan, parts))} END AS findings",
        f"CASE WHEN (bad OR suspect) AND refused IS NULL THEN [{every}]::VARCHAR[] END AS cells",
        *(f"{plan.text(name)} IS NOT NULL AS filled_{n}" for n, (name, _) in enumerate(plan.contract.floors)),
    ]
    return f"SELECT {', '.join(results)} FROM {query}"


def _trimmed(plan: Plan) -> list[str]:
    wanted = {one.name for one in plan.taken()}
    waiting = list(plan.contract.refuse)
    while waiting:
        one = waiting.pop()
        wanted.add(one.column)
        waiting.extend(one.also)
    exotic = plan.source.exotic
    return [
        f"{sql.trimmed(plan.raw(name), exotic=exotic)} AS {plan.trimmed(name)}"
        for name in plan.places
        if name in wanted
    ]


def _texts(plan: Plan) -> list[str]:
    found = []
    for one in plan.taken():
        tokens = [token.strip(sql.SPACES) for token in one.null]
        trimmed = plan.trimmed(one.name)
        tokens = [token for token in tokens if token]
        made = f"CASE WHEN {sql.one_of(trimmed, tokens)} THEN NULL ELSE {trimmed} END" if tokens else trimmed
        found.append(f"{made} AS {plan.text(one.name)}")
    return found


def _values(plan: Plan) -> list[str]:
    found = []
    for one in plan.taken():
        value = plan.value(one.name)
        read = typed(one, plan.text(one.name), value, plan.scheme_of(one.name))
        found.append(f"{read.value} AS {value}")
    return found


def _faults(plan: Plan) -> list[str]:
    found = []
    for one in plan.taken():
        read = typed(one, plan.text(one.name), plan.value(one.name), plan.scheme_of(one.name))
        found.append(f"{read.fault} AS f{plan.numbers[one.name]}")
    return found


def _required(plan: Plan) -> list[Finding]:
    """Required cells that are empty. The subject's own are asked for by the mapping."""
    already = {plan.contract.subject.identifier}
    found = []
    for one in plan.taken():
        if one.required and one.name not in already:
            free = "NOT subject_only AND " if exempt(plan, one) else ""
            found.append(Finding(one.name, f"{free}{plan.text(one.name)} IS NULL", "required"))
    return found


def _rows(plan: Plan, parts: Mapped) -> list[Finding]:
    """Findings across cells, each once."""
    return list(dict.fromkeys([*parts.faults, *_required(plan)]))


def _bad(plan: Plan, parts: Mapped) -> str:
    tests = [f"f{plan.numbers[one.name]} IS NOT NULL" for one in plan.taken()]
    tests += [f"coalesce({one.when}, false)" for one in _rows(plan, parts)]
    return " OR ".join(tests)


def _all(plan: Plan, parts: Mapped) -> Iterable[tuple[str, str]]:
    """Every finding: the column, and SQL of the rule broken or NULL."""
    for one in plan.taken():
        yield one.name, f"f{plan.numbers[one.name]}"
    for found in _rows(plan, parts):
        yield found.column, f"CASE WHEN {found.when} THEN {sql.text(found.rule)} END"
    for found in (*parts.notes, *_text_notes(plan)):
        # a bad row is not loaded, so there is nothing to note about it
        yield found.column, f"CASE WHEN NOT bad AND {found.when} THEN {sql.text(found.rule)} END"


def _text_notes(plan: Plan) -> list[Finding]:
    found = []
    for one in plan.taken():
        if one.type.value == "text" and plan.scheme_of(one.name) is None:
            value = plan.value(one.name)
            found.append(Finding(one.name, f"contains({value}, '\ufffd')", "replacement-character"))
            if plan.source.exotic:
                odd = f"regexp_matches({value}, '[\\x01-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]')"
                found.append(Finding(one.name, odd, "control-character"))
    return found


def _noted(plan: Plan, parts: Mapped) -> str:
    tests = [f"coalesce({one.when}, false)" for one in (*parts.notes, *_text_notes(plan))]
    return " OR ".join(tests) if tests else "false"


def _list(plan: Plan, findings: Iterable[tuple[str, str]]) -> str:
    """A list of structures (column_name, value_shown, rule) of the findings that hold."""
    entries = []
    for column, rule in findings:
        name, value = "NULL::VARCHAR", "NULL::VARCHAR"
        if column:
            name = sql.text(column)
            value = f"{plan.raw(column)}"
        entries.append(f"{{'column_name': {name}, 'value_shown': {value}, 'rule': {rule}}}")
    if not entries:
        return "NULL"
    return f"list_filter([{', '.join(entries)}], lambda one: one.rule IS NOT NULL)"
