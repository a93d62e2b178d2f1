"""A document, and a whole case, as they go on paper: the words of the pages, and no day but those of the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goodstanding.measures.models import Pause
from goodstanding.office.casepage import CasePage, DeadlineLine, StepLine
from goodstanding.office.drafting import read
from goodstanding.office.following import Follows
from goodstanding.office.reasoning import reasons_of
from goodstanding.office.service import served_text
from goodstanding.portal.following import OrderRow, RestRow
from goodstanding.portal.language import Language
from goodstanding.portal.leaflets import Leaflet
from goodstanding.portal.leaflets.blocks import Block, Grid, Heading, Items, Pairs, Paragraph
from goodstanding.portal.leaflets.pdf import as_pdf
from goodstanding.portal.places import place_text
from goodstanding.portal.prose.laws import law_text
from goodstanding.portal.wording import named, word
from goodstanding.portal.written import day
from goodstanding.procedures.commitments import Line
from goodstanding.procedures.models import Case


def document_pdf(shown: CasePage, line: StepLine, lang: Language, *, authority: str) -> bytes:
    """A notice or decision with who issued and who signed it, dated as it was drawn up."""
    text = read(line.step.text)
    blocks: list[Block] = []
    for one in text.sections:
        blocks += [Heading(one.title)] if one.title else []
        blocks += [Paragraph(said) for said in one.lines]
    rows = [(word(lang, "work.issued-by"), f"{authority}{_comma(lang)}{day(line.step.on, lang)}")]
    if line.by:
        rows.append((word(lang, "work.signed"), _comma(lang).join(line.by)))
    rows += _service(shown, lang)
    leaflet = Leaflet(
        text.title or lang.of(line.title), lang, (*blocks, Pairs(tuple(rows))), above=shown.reference
    )
    return as_pdf(leaflet, on=line.step.on, foot=authority)


def case_pdf(shown: CasePage, follows: Follows | None, lang: Language, *, name: str, authority: str) -> bytes:
    """All that the page of a case says of what was done and when, up to its last step, and what follows today."""
    case, last = shown.case, shown.steps[-1].step.on
    top = (
        (word(lang, "queue.organisation"), f"{name} ({case.subject.identifier})"),
        (word(lang, "work.before"), _comma(lang).join(one for one in (authority, _where(case, lang)) if one)),
        (word(lang, "work.procedure"), lang.of(shown.procedure.title)),
        (word(lang, "work.opened"), day(case.opened_on, lang)),
    )
    blocks: list[Block] = [Pairs(top), Heading(word(lang, "work.grounds"))]
    blocks.append(_grounds(shown, lang))
    blocks.append(Heading(word(lang, "work.steps")))
    for step in shown.steps:
        blocks += _step(step, shown, lang)
    blocks.append(Heading(word(lang, "paper.service")))
    service = _service(shown, lang)
    blocks.append(Pairs(tuple(service)) if service else Paragraph(word(lang, "none")))
    if shown.commitment is not None:
        blocks.append(Heading(word(lang, "promise.title")))
        blocks += [_promise(one, lang) for one in shown.commitment.lines]
    blocks.append(Heading(word(lang, "work.deadlines")))
    for one in shown.deadlines:
        blocks += _deadline(one, lang)
    if not shown.deadlines:
        blocks.append(Paragraph(word(lang, "work.no-deadlines")))
    if follows is not None:
        blocks += _follows(follows, shown.today, lang)
    title = f"{named(lang, 'work.kind.', case.kind)} · {shown.reference}"
    up_to = word(lang, "paper.up-to", day=day(last, lang))
    return as_pdf(Leaflet(title, lang, tuple(blocks), above=f"{name} · {up_to}"), on=last, foot=authority)


def _grounds(shown: CasePage, lang: Language) -> Block:
    rows = tuple((one.what(lang), one.by, one.document, one.on) for one in shown.grounds)
    if not rows:
        return Paragraph(word(lang, "none"))
    head = tuple(word(lang, f"paper-ground.{one}") for one in ("what", "by", "document", "on"))
    return Grid("", head, rows)


def _step(line: StepLine, shown: CasePage, lang: Language) -> Iterator[Block]:
    step = line.step
    yield Heading(f"{day(step.on, lang)}{_colon(lang)}{lang.of(line.title)}", 3)
    yield Paragraph(_comma(lang).join([named(lang, "party.", step.party), *line.by]), remark=True)
    if not line.told:
        yield Paragraph(word(lang, "work.not-served"))
        return
    if step.outcome:
        yield Paragraph(named(lang, "work.outcome.", step.outcome))
    yield from (Paragraph(one) for one in reasons_of(step, shown, lang).splitlines() if one.strip())
    if line.basis:
        yield Paragraph(law_text(line.basis, lang), remark=True)
    if step.effective_from and step.effective_to:
        begin, end = day(step.effective_from, lang), day(step.effective_to, lang)
        yield Paragraph(word(lang, "work.stands", start=begin, end=end))
    if line.documented:
        for one in read(step.text).sections:
            yield Paragraph(" ".join([one.title, *one.lines]).strip(), remark=True)


def _promise(line: Line, lang: Language) -> Block:
    said = (
        (line.promise.zh or line.promise.en) if lang is Language.ZH else (line.promise.en or line.promise.zh)
    )
    by = word(lang, "promise.by", day=day(line.promise.due_on, lang))
    parts = (said or word(lang, "promise.words-gone"), by, named(lang, "promise.", line.standing.value))
    return Paragraph(_comma(lang).join(parts))


def _deadline(line: DeadlineLine, lang: Language) -> Iterator[Block]:
    one = line.deadline
    yield Heading(f"{lang.of(line.title)}{_colon(lang)}{day(one.last, lang)}", 3)
    unit = {"working_days": "working", "days": "days"}.get(one.unit, "months")
    yield Paragraph(word(lang, f"work.trail-{unit}", n=one.amount, start=day(one.starts, lang)))
    if line.not_counted:
        yield Items(tuple(f"{day(when, lang)}{_colon(lang)}{why}" for when, why in line.not_counted))
    calendar = word(lang, "work.calendar", name=one.calendar, version=one.calendar_version)
    provisional = word(lang, "work.provisional") if one.provisional else ""
    yield Paragraph(" ".join([calendar, provisional, one.because]).strip(), remark=True)


def _service(shown: CasePage, lang: Language) -> list[tuple[str, str]]:
    """What was served, when and how, and until when the organisation may answer."""
    rows = []
    for one in shown.steps:
        step = one.step
        if step.served_on:
            said = word(
                lang, "work.served", day=day(step.served_on, lang), how=served_text(step.served_how, lang)
            )
            if step.open_until:
                said += " " + word(lang, "work.open-until", day=day(step.open_until, lang))
            rows.append((lang.of(one.title), said))
    return rows


def _follows(follows: Follows, today: date, lang: Language) -> Iterator[Block]:
    """The orders with their state, and the suits and plans, as they stand on the day on which the paper is made."""
    yield Heading(word(lang, "orders.title"))
    yield Paragraph(word(lang, "paper.as-of", day=day(today, lang)), remark=True)
    if follows.orders:
        head = ("orders.measure", "procedures.authority", "line.law", "orders.state")
        rows = tuple(_order(one, lang) for one in follows.orders)
        yield Grid("", tuple(word(lang, one) for one in head), rows)
    else:
        yield Paragraph(word(lang, "none"))
    yield Heading(word(lang, "rests.title"))
    if follows.rests:
        yield Items(tuple(_rest(one, lang) for one in follows.rests))
    else:
        yield Paragraph(word(lang, "none"))


def _order(one: OrderRow, lang: Language) -> tuple[str, ...]:
    line = one.line
    state = named(lang, "orders.state.", line.state)
    if line.rests is not None:
        state += " " + named(lang, "orders.rests.", line.rests.value)
    if line.repeal is not None:
        state += " " + word(lang, f"orders.{line.repeal.how}", day=day(line.repeal.since, lang))
    if line.reminders and line.state == "unlifted":
        state += " " + word(lang, "orders.reminded", n=line.reminders)
    if line.report is not None:
        state += f" ({day(line.report.on, lang)}{_colon(lang)}{line.report.what or line.report.why})"
    return lang.of(one.measure), lang.of(one.authority), law_text(one.law, lang), state


def _rest(one: RestRow, lang: Language) -> str:
    rest = one.line.rest
    stayed = word(lang, "rests.stayed") if isinstance(rest, Pause) and rest.stayed else ""
    outcome = named(lang, "rests.outcome.", one.line.outcome) if one.line.outcome else ""
    days = word(lang, "paper.days", start=day(rest.from_on, lang), end=day(one.line.until, lang))
    kind = f"{named(lang, 'rests.kind.', rest.kind)} {stayed}".strip()
    said = (f"{kind}{_colon(lang)}{rest.reference}", days, outcome, rest.evidence, law_text(one.law, lang))
    return " ".join(part for part in said if part)


def _where(case: Case, lang: Language) -> str:
    return f"{place_text('usci', case.division, lang)} {case.division}".strip()


def _comma(lang: Language) -> str:
    return word(lang, "list.comma")


def _colon(lang: Language) -> str:
    return word(lang, "colon")
