"""`goodstanding case tell` and `undelivered`: alerts of cases and records, sent once or while the office is served."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import asdict
from itertools import count
from types import FrameType
from typing import Annotated

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, piped, show_sums, show_table
from goodstanding.cli.session import Session, session

_EACH = 10.0
"""Seconds between two rounds."""
_SWEEP = 360
"""Rounds between two sweeps of what need not be kept."""


def tell_command(
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, round after round, while who started it lives.")
    ] = False,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Tell organisations of what is new in their cases and files, by the mailboxes and webhooks that they named.

    `goodstanding serve --office` does the same all the time. A second time finds nothing new; what was not accepted is
    tried again after a while, under the same id.

    Example: goodstanding case tell
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        _as_served(opened, today, pack)
        from goodstanding.office.alerts.rounds import forget, tell

        if watch:
            _watch(opened)
            return
        told = {**asdict(tell(opened.home)), "forgotten": forget()}
    if json or piped():
        as_json(told)
        return
    show_sums("Alerts", told)


def undelivered_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """List the alerts that were given up, the newest first, with what came of the last attempt.

    Example: goodstanding case undelivered
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        _as_served(opened, today, pack)
        from goodstanding.office.alerts.queries import undelivered

        rows = [
            {
                "delivery": str(one.delivery.pk),
                "channel": str(one.delivery.channel_id),
                "kind": one.delivery.alert.kind if one.delivery.alert else "confirm",
                "given up": one.at,
                "said": one.said,
            }
            for one in undelivered()
        ]
    if json or piped():
        as_json(rows)
        return
    columns = ("delivery", "channel", "kind", "given up", "said")
    show_table("Given up", columns, [[one[name] for name in columns] for one in rows], whole=("delivery",))


def _as_served(opened: Session, today: str, packs: list[str] | None) -> None:
    """What is told is put in the words of the pages, which take home, day and packs from here."""
    os.environ["GOODSTANDING_SERVED_HOME"] = str(opened.home.path)
    os.environ["GOODSTANDING_SERVED_TODAY"] = today
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(packs or [])


def _watch(opened: Session) -> None:
    from django.db import close_old_connections

    from goodstanding.office.alerts.rounds import forget, tell

    stop = threading.Event()

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, asked)
    parent = os.getppid()
    for number in count():
        close_old_connections()
        tell(opened.home)
        if number % _SWEEP == 0:
            forget()
        if stop.wait(_EACH) or os.getppid() != parent:  # whoever started it may have been killed
            return
