"""What the demo prints of its people and of its stories."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from goodstanding.cli.demo.people import SIGN_IN, Person
from goodstanding.cli.demo.steps import say

_TITLES = {
    "upheld": "A company whose objection is upheld",
    "listed": "A company that is listed, and comes off the list",
}


def tell_people(people: Mapping[str, Person], *, with_code: bool = False) -> None:
    """Each account that can sign in: who it is, its password, and with it the code of this half minute."""
    for name in SIGN_IN:
        one = people[name]
        code = f"   code {one.code()}" if with_code else ""
        say(f"  {name:<10} {one.password}{code}   {one.is_}")


def tell_story(home: Path) -> None:
    """Both years, as they were played: the day, who acted, what followed, and the page that shows it."""
    from goodstanding.cli.demo.story import kept

    for of, scenes in groupby(kept(home), key=lambda one: one.of):
        say(f"\n{_TITLES[of]}\n")
        for one in scenes:
            say(f"  {one.on}  {one.who}: {one.what}")
            say(f"              {one.see}{f' ({one.as_})' if one.as_ else ''}")
