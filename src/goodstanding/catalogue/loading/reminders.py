"""Reminders of what was not lifted: `reminders.yaml` of a pack."""

from __future__ import annotations

from goodstanding.catalogue.chasing import Reminder, Told
from goodstanding.catalogue.loading.marks import Cell
from goodstanding.catalogue.loading.words import read_choice
from goodstanding.core.errors import Refusal


def read_reminders(cell: Cell) -> tuple[Reminder, ...]:
    """The steps, each later than the one before, the last one public. Raises GS-PACK-106."""
    cells = cell.block("reminders")["reminders"].cells()
    steps = tuple(_step(one) for one in cells)
    days = [one.after for one in steps]
    if not steps or days[0] < 1 or days != sorted(set(days)) or steps[-1].told is not Told.PUBLIC:
        raise Refusal(
            "GS-PACK-106",
            "reminders grow: each is later than the one before, and the last one is public",
            where=cell.where,
            why="What is not lifted is chased until it is shown.",
            remedy="Order them by working days from 1 on, and end with told: public.",
        )
    return steps


def _step(cell: Cell) -> Reminder:
    block = cell.block("after told")
    return Reminder(block["after"].integer(), read_choice(block["told"], Told))
