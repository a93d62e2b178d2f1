"""What authorities make of the demo's orders: done, not done and why, or nothing; lifted, or still to be chased."""

from __future__ import annotations

from datetime import date, timedelta

from goodstanding.catalogue.measure import Process
from goodstanding.cli.demo.reasons import both
from goodstanding.cli.demo.stage import Stagehand
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Subject
from goodstanding.measures.counter import Answer, ask, open_business
from goodstanding.measures.models import Order, Report
from goodstanding.measures.reporting import report

_BUSINESS = (
    ("cn/ndrc", Process.TENDER),
    ("cn/mof", Process.SUBSIDY),
    ("cn/samr", Process.PERMIT),
)
_UNTIL = date(2040, 1, 1)


def open_counters(stage: Stagehand) -> None:
    """Let some authorities ask about the business that they have."""
    for authority, process in _BUSINESS:
        open_business(
            authority,
            process,
            from_on=date(2020, 1, 1),
            to_on=_UNTIL,
            catalogue=stage.office.catalogue,
            clock=stage.office.clock,
            actor="demo",
        )
        stage.appointed("counter", authority)


def ask_at_counter(
    stage: Stagehand, subject: Subject, on: date, purpose: str, authority: str = "cn/ndrc"
) -> Answer:
    """What an authority has to apply on a day, asked by its official."""
    process = dict(_BUSINESS)[authority]
    by = stage.appointed("counter", authority)
    return ask(authority, by, subject, process, purpose, day=on, clock=Clock(on))


def carry_out(stage: Stagehand, order: Order, on: date, *, why_not: str = "") -> None:
    """The authority's report on an order."""
    _say(
        stage,
        order,
        Report.About.CARRIED_OUT,
        on,
        both("已在业务系统中登记。", "Entered in the register of the business."),
        why_not,
    )


def tell_lifted(stage: Stagehand, order: Order, on: date) -> None:
    """The authority's report that it lifted what it did."""
    _say(
        stage,
        order,
        Report.About.LIFTED,
        on,
        both("已从业务系统中移除。", "Taken out of the register of the business."),
        "",
    )


def _say(stage: Stagehand, order: Order, about: Report.About, on: date, what: str, why_not: str) -> None:
    by = stage.appointed("counter", order.authority.path)
    said = {"why_not": why_not} if why_not else {"what": what}
    report(order, about, by, on=on, clock=Clock(on), **said)


def play_orders(stage: Stagehand) -> int:
    """Of the orders of the demo: of three one is done, one is not and says why, one is open; likewise of what was
    lifted one of two is still owed. Returns how many reports were made."""
    made = 0
    orders = Order.objects.select_related("authority", "lifting").order_by("pk")
    silent = [one for one in orders if not one.reports.exists()]
    for number, order in enumerate(silent):
        on = min(order.from_on + timedelta(days=5), stage.today)
        if number % 3 < 2:
            carry_out(
                stage,
                order,
                on,
                why_not=both("该主体目前没有此类业务。", "It has no such business open.")
                if number % 3
                else "",
            )
            made += 1
        if hasattr(order, "lifting") and number % 2:
            tell_lifted(stage, order, min(order.lifting.on + timedelta(days=1), stage.today))
            made += 1
    return made
