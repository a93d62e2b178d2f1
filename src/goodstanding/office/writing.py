"""The parts of a case's page that come many times, written as HTML: in a template they cost more than the page's SQL.

Whatever is not HTML already goes through `escape`.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from goodstanding.office.casepage import CasePage, DeadlineLine, StepLine
from goodstanding.office.grounds import GroundLine
from goodstanding.office.reasoning import reasons_of
from goodstanding.office.service import served_text
from goodstanding.portal.language import Language
from goodstanding.portal.prose.records import item_title
from goodstanding.portal.templatetags.words import filled, laws_of, marked, plain
from goodstanding.portal.wording import named
from goodstanding.portal.written import day

_TRAILS = {"working_days": "work.trail-working", "days": "work.trail-days"}


def steps(shown: CasePage, lang: Language, here: str) -> SafeString:
    """The steps taken, in a list of their own. `here` is the page's own address: documents lie below it."""
    rows = "".join(_step(one, shown, lang, here) for one in shown.steps)
    return SafeString(f'<ol class="plain">\n{rows}</ol>')


def _step(line: StepLine, shown: CasePage, lang: Language, here: str) -> str:
    step = line.step
    who = escape(plain(lang, "list.comma").join([named(lang, "party.", step.party), *line.by]))
    rows = [
        f"<h3>{day(step.on, lang)}{plain(lang, 'colon')}{escape(lang.of(line.title))}</h3>",
        f"<p>{who}</p>",
    ]
    if not line.told:
        rows.append("<p>" + plain(lang, "work.not-served") + "</p>")
    else:
        if step.outcome:
            rows.append(f'<p class="gives">{escape(named(lang, "work.outcome.", step.outcome))}</p>')
        if step.reasons:
            rows.append(f'<p class="said">{escape(reasons_of(step, shown, lang))}</p>')
        if line.basis:
            rows.append(f'<p class="small">{laws_of(line.basis, lang)}</p>')
        if line.documented:
            address = escape(f"{here}/documents/{step.number}")
            rows.append(f'<p><a href="{address}">{plain(lang, "work.document")}</a></p>')
    if step.served_on:
        rows.append(
            f"<p>{filled(lang, 'work.served', day=step.served_on, how=served_text(step.served_how, lang))}</p>"
        )
    if step.open_until:
        rows.append(f"<p>{filled(lang, 'work.open-until', day=step.open_until)}</p>")
    if step.effective_to:
        term = filled(lang, "work.stands", start=step.effective_from, end=step.effective_to)
        rows.append(f"<p>{term}</p>")
    return '<li class="rule">\n  ' + "\n  ".join(rows) + "\n</li>\n"


def deadlines(shown: CasePage, lang: Language) -> SafeString:
    """The deadlines that hold, each with its trail; a word where there are none."""
    rows = "".join(_deadline(one, lang) for one in shown.deadlines)
    return SafeString(rows or "<p>" + plain(lang, "work.no-deadlines") + "</p>")


def _deadline(line: DeadlineLine, lang: Language) -> str:
    one = line.deadline
    mark = ""
    if line.late:
        mark = f' <strong class="tag tag-against">{filled(lang, "work.late", n=line.late)}</strong>'
    elif line.done or line.right:
        mark = f' <strong class="tag">{plain(lang, "work.right" if line.right else "work.done")}</strong>'
    trail = filled(lang, _TRAILS.get(one.unit, "work.trail-months"), n=one.amount, start=one.starts)
    rows = [
        f"<h3>{escape(lang.of(line.title))}{plain(lang, 'colon')}{day(one.last, lang)}{mark}</h3>",
        f"<p>{trail}</p>",
    ]
    if line.not_counted:
        days = "".join(
            f"<li>{day(on, lang)}{plain(lang, 'colon')}{escape(why)}</li>" for on, why in line.not_counted
        )
        count = filled(lang, "work.not-counted", n=len(line.not_counted))
        rows.append(f"<details><summary>{count}</summary><ul>{days}</ul></details>")
    calendar: list[str] = [filled(lang, "work.calendar", name=one.calendar, version=one.calendar_version)]
    if one.provisional:
        calendar.append(plain(lang, "work.provisional"))
    if one.because:
        calendar.append(marked(one.because, lang))
    rows.append(f'<p class="small">{" ".join(calendar)}</p>')
    return '<div class="rule">\n  ' + "\n  ".join(rows) + "\n</div>\n"


def grounds(shown: CasePage, lang: Language) -> SafeString:
    """What the case rests on; a word where there is nothing."""
    rows = "".join(_ground(one, lang) for one in shown.grounds)
    return SafeString(f"<ul>{rows}</ul>" if rows else f"<p>{plain(lang, 'none')}</p>")


def _ground(line: GroundLine, lang: Language) -> str:
    comma = plain(lang, "list.comma")
    dated = comma + day(line.decided_on, lang) if line.decided_on else ""
    said = f"{marked(line.by, lang)} {marked(line.document, lang)}"
    return f"<li>{escape(item_title(line.item, lang))}{comma}{said}{dated}</li>"
