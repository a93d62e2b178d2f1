"""The command: a fictional province, taken in, graded, with its cases, and served with its office."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from goodstanding.catalogue.model import Target
from goodstanding.cli.demo.people import read
from goodstanding.cli.demo.places import name_places
from goodstanding.cli.demo.serving import beside
from goodstanding.cli.demo.steps import Steps, say
from goodstanding.cli.demo.telling import tell_people, tell_story
from goodstanding.cli.options import HOME, Home, Today, clock
from goodstanding.cli.output import progress
from goodstanding.cli.serve import refuse_taken_port, serve
from goodstanding.cli.session import Session, session
from goodstanding.core import home as homes
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


_LOG = "demo.invalid/log"
"""What the demo's log is called: no such address can exist."""


def command(
    organisations: Annotated[
        int, typer.Option("--organisations", min=10, help="How many organisations.")
    ] = 50_000,
    records: Annotated[int, typer.Option("--records", min=10, help="About how many records.")] = 500_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same province.")] = 2026,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8000,
    office_port: Annotated[
        int, typer.Option("--office-port", min=1, max=65535, help="Port of the office.")
    ] = 8001,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Prepare everything, then stop.")] = False,
    story: Annotated[
        bool, typer.Option("--story", help="Tell the years of two companies, step by step.")
    ] = False,
    codes: Annotated[
        bool,
        typer.Option("--codes", help="Only print each account of the demo's office, with its code of now."),
    ] = False,
    home: Home = HOME,
    today: Today = "",
) -> None:
    """Make a fictional province, take its agencies' files in, play cases, grade everyone, and serve all of it.

    Nothing of it is real. A second demo starts from what is there. The portal and the office are served on two
    ports; the office's accounts are printed. Ctrl-C ends everything.

    Examples:
      goodstanding demo --organisations 2000 --records 20000 --port 8080
      goodstanding demo --story --no-serve
      goodstanding demo --codes
    """
    if codes:
        tell_people(read(home), with_code=True)
        return
    start = time.monotonic()
    if not no_serve:
        refuse_taken_port(host, port)
        refuse_taken_port("127.0.0.1", office_port)
    wanted = {"organisations": organisations, "records": records, "seed": seed}
    # What is locked in here, the office must be able to open: both go by the key of the home.
    os.environ["GOODSTANDING_SERVED_HOME"] = str(homes.Home.open(home).path)
    with session(home, clock=clock(today), say=say) as opened:
        say(f"{time.monotonic() - start:6.1f} s  PostgreSQL is up, in {opened.home.path}")
        steps = Steps.read(opened.home.path / "demo.json", wanted)
        if not steps.file.exists():
            _refuse_real_data(opened)
        _prepare(opened, steps, organisations, records, seed)
        say(f"{time.monotonic() - start:6.1f} s  in all")
        if story:
            tell_story(opened.home.path)
        if not no_serve:
            greet = _greeting(opened.home.path, host, port, office_port)
            with beside(opened.home.path, office_port, today) as office:
                serve(
                    opened,
                    host=host,
                    port=port,
                    today=today,
                    packs=None,
                    ready=office.answers,
                    tell=greet,
                    stopping=office.stop,
                )


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


def _prepare(opened: Session, steps: Steps, organisations: int, records: int, seed: int) -> None:
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
    name_places(opened.home.path)
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    files.sort(key=lambda one: _ORDER.index(opened.catalogue.contract(one["contract"]).target))
    for one in files:
        act = partial(_take_in, opened, folder / one["name"], one["contract"])
        steps.run(f"taking in {one['name']}", act)
    steps.run(
        "playing cases and two stories", partial(_play, opened)
    )  # before the runs: what was decided counts in them
    for path in _SHOWN:
        steps.run(f"evaluating {path}", partial(_evaluate, opened, path))
    steps.run("publishing the log", partial(_publish, opened))


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
    from goodstanding.cli.demo.playing import play_cases

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


def _publish(opened: Session) -> str:
    from goodstanding.ledger.entries import keys_of, log_of
    from goodstanding.ledger.publishing import publish
    from goodstanding.proof.signing import begin

    log = log_of(opened.home)
    with log.held():
        if not log.state().keys:
            begin(log, keys_of(opened.home), _LOG, opened.clock.today())
    done = publish(opened.home, opened.clock)
    return f"{done.size:,} entries" if done else "somebody else does it"


def _greeting(home: Path, host: str, port: int, office_port: int) -> Callable[[], None]:
    """What is said once both servers answer: where to look, and who may sign in."""
    from goodstanding.standing.queries import one_with_lines

    return partial(_greet, home, host, port, office_port, one_with_lines())


def _greet(home: Path, host: str, port: int, office_port: int, example: UUID | None) -> None:
    say("")
    if example is not None:
        say(f"Read a file:   http://{host}:{port}/en/file/{example}")
    say(f"Search:        http://{host}:{port}/")
    say(f"The log:       http://{host}:{port}/en/log")
    say(f"The office:    http://127.0.0.1:{office_port}/office/")
    tell_people(read(home))
    say("Each gives a code as well: “goodstanding demo --codes” prints it, for this demo alone.")
    say("The years of two companies, step by step: “goodstanding demo --story --no-serve”.")
