"""`goodstanding demo`: a fictional province, taken in, graded and served."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from goodstanding.catalogue.model import Target
from goodstanding.cli.options import HOME, Home, Today, clock
from goodstanding.cli.output import errors, progress
from goodstanding.cli.serve import refuse_taken_port, serve
from goodstanding.cli.session import Session, session
from goodstanding.core.errors import Refusal

# Files first open by registration; ties and roles open none, and records need nothing before them.
_ORDER = (Target.SUBJECTS, Target.TIES, Target.ROLES, Target.RECORDS)

_SHOWN = (
    "cn/tax-credit",
    "cn/jiangsu/environmental-credit",
    "cn/hubei-wuhan/environmental-credit",
    "cn/road-construction-credit",
    "cn/lists/tax-major",
    "cn/lists/market-serious",
    "cn/lists/court-defaulter",
    "cn/lists/procurement",
    "cn/lists/social-insurance",
    "cn/tiers/state-council",
    "cn/city-credit-index-2019",
)
"""Of the rulebooks, those that the fictional agencies' files have most to say about."""


@dataclass
class _Steps:
    """What of the demo is done, kept in the home so that an interrupted demo goes on where it was."""

    file: Path
    wanted: dict[str, Any]
    done: dict[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, wanted: dict[str, Any]) -> _Steps:
        if not file.exists():
            return cls(file, wanted)
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["wanted"] != wanted:
            raise Refusal(
                "GS-CLI-030",
                "This home holds another demo.",
                where=str(file),
                why=f"It was made with {kept['wanted']}.",
                remedy="Give the same numbers, or another folder with --home.",
            )
        return cls(file, wanted, kept["done"])

    def run(self, name: str, act: Callable[[], str]) -> None:
        """Do a step that is not done yet, and say how long it took."""
        if name in self.done:
            return
        start = time.monotonic()
        told = act()
        self.done[name] = round(time.monotonic() - start, 1)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps({"wanted": self.wanted, "done": self.done}, indent=1), encoding="utf-8")
        fresh.replace(self.file)
        say(f"{self.done[name]:6.1f} s  {name}: {told}")


def say(text: str) -> None:
    """A line for whoever watches."""
    errors.print(text, highlight=False, markup=False, soft_wrap=True)


def command(
    organisations: Annotated[
        int, typer.Option("--organisations", min=10, help="How many organisations.")
    ] = 50_000,
    records: Annotated[int, typer.Option("--records", min=10, help="About how many records.")] = 500_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same province.")] = 2026,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Prepare everything, then stop.")] = False,
    home: Home = HOME,
    today: Today = "",
) -> None:
    """Make a fictional province, take its agencies' files in, grade everyone, and serve the portal.

    Nothing of it is real. A second demo starts from what is there. Ctrl-C ends everything.

    Example: goodstanding demo --organisations 2000 --records 20000 --port 8080
    """
    start = time.monotonic()
    if not no_serve:
        refuse_taken_port(host, port)
    wanted = {"organisations": organisations, "records": records, "seed": seed}
    with session(home, clock=clock(today), say=say) as opened:
        say(f"{time.monotonic() - start:6.1f} s  PostgreSQL is up, in {opened.home.path}")
        steps = _Steps.read(opened.home.path / "demo.json", wanted)
        if not steps.file.exists():
            _refuse_real_data(opened)
        _prepare(opened, steps, organisations, records, seed)
        say(f"{time.monotonic() - start:6.1f} s  in all")
        if not no_serve:
            _greet(host, port)
            serve(opened, host=host, port=port, today=today, packs=None)


def _refuse_real_data(opened: Session) -> None:
    """Invented organisations must never stand beside real ones: what is in a ledger stays in it."""
    from goodstanding.ledger.models import Delivery

    if Delivery.objects.exists():
        raise Refusal(
            "GS-CLI-031",
            "This home holds data that is not the demo's.",
            where=str(opened.home.path),
            why="Invented organisations must not be mixed with real ones, and a ledger forgets nothing.",
            remedy="Give the demo a folder of its own with --home.",
        )


def _prepare(opened: Session, steps: _Steps, organisations: int, records: int, seed: int) -> None:
    from goodstanding.generator import generate_province

    folder = opened.home.path / "demo"

    def generate() -> str:
        with progress("Generating") as report:
            province = generate_province(
                folder,
                organisations=organisations,
                records=records,
                seed=seed,
                today=opened.clock.today("Asia/Shanghai"),
                progress=report,
            )
        return f"{len(province.files)} files, {sum(one.rows for one in province.files):,} rows"

    steps.run("a fictional province", generate)
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    files.sort(key=lambda one: _ORDER.index(opened.catalogue.contract(one["contract"]).target))
    for one in files:
        act = partial(_take_in, opened, folder / one["name"], one["contract"])
        steps.run(f"taking in {one['name']}", act)
    steps.run("playing cases", partial(_play, opened))  # before the runs: what was decided counts in them
    for path in _SHOWN:
        steps.run(f"evaluating {path}", partial(_evaluate, opened, path))


def _take_in(opened: Session, file: Path, source: str) -> str:
    from goodstanding.ledger.taking_in import take_in

    with progress(f"Taking in {file.name}") as report:
        done = take_in(
            file,
            opened.catalogue.contract(source),
            opened.catalogue,
            home=opened.home,
            clock=opened.clock,
            actor="demo",
            progress=report,
        )
    parts = {
        "loaded": done.loaded,
        "already there": done.already,
        "refused": done.refused,
        "reported": done.reported,
    }
    return f"{done.rows:,} rows: " + ", ".join(
        f"{number:,} {name}" for name, number in parts.items() if number
    )


def _play(opened: Session) -> str:
    from goodstanding.cli.demo_cases import play_cases

    return play_cases(opened)


def _evaluate(opened: Session, path: str) -> str:
    from goodstanding.standing.running import run_rulebook

    with progress(f"Evaluating {path}"):
        done = run_rulebook(
            path,
            on=opened.clock.today("Asia/Shanghai"),
            catalogue=opened.catalogue,
            home=opened.home,
            clock=opened.clock,
            actor="demo",
        )
    return f"{done.subjects:,} organisations, {done.lines:,} lines"


def _greet(host: str, port: int) -> None:
    from goodstanding.standing.queries import one_with_lines

    say("")
    example = one_with_lines()
    if example is not None:
        say(f"Read a file:   http://{host}:{port}/en/file/{example}")
    say(f"Search:        http://{host}:{port}/")
