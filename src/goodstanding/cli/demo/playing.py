"""Everything that the demo plays, in its order."""

from __future__ import annotations

from datetime import date

from goodstanding.cli.case import bring_day, office_of
from goodstanding.cli.demo import story
from goodstanding.cli.demo.listings import SETS, play_sets
from goodstanding.cli.demo.measures import open_counters, play_orders
from goodstanding.cli.demo.people import people_of
from goodstanding.cli.demo.promises import play_commitments
from goodstanding.cli.demo.records import play_objections, play_repairs
from goodstanding.cli.demo.stage import Stagehand
from goodstanding.cli.session import Session
from goodstanding.core.errors import Refusal

_SINCE = date(2026, 1, 1)
"""From this day on, all procedures that are played have been in force for as long as they are played."""


def play_cases(opened: Session) -> str:
    """Play them; returns what to tell."""
    today = opened.clock.today("Asia/Shanghai")
    if today < _SINCE:
        people_of(opened.home.path)
        return f"none: what they go by has been in force for long enough only since {_SINCE}"
    stage = stagehand(opened, today)
    try:
        scenes = story.Stories(opened, stage).play()
    except Refusal as refusal:
        if refusal.code != "GS-CLI-033":
            raise
        scenes = ()  # a province of a few hundred organisations has nobody to tell of
    story.keep(opened.home.path, scenes)
    listings = play_sets(opened, stage, SETS)
    others = play_objections(stage) + play_repairs(stage)
    promised = play_commitments(stage)
    reports = play_orders(stage)
    told = bring_day(opened)
    return (
        f"{'two' if scenes else 'no'} stories, {listings} candidates from proposal to removal, "
        f"{others} objections and repairs, {promised} commitments, {reports} reports on orders, "
        f"{told['expired']} entries whose term is over"
    )


def stagehand(opened: Session, today: date) -> Stagehand:
    """Everyone of the play, with the counters that they ask at."""
    stage = Stagehand(office_of(opened, "cn"), people_of(opened.home.path), today)
    stage.take_office()
    open_counters(stage)
    return stage
