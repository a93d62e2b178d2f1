"""`goodstanding case`: candidates become cases; where each stands; what a day brings."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, console, piped, show_sums, show_table
from goodstanding.cli.session import Session, session
from goodstanding.cli.telling import tell_command, undelivered_command
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from goodstanding.catalogue.procedure import Procedure
    from goodstanding.procedures.models import Case
    from goodstanding.procedures.steps import Office

app = typer.Typer(help="Cases: what an official must decide, and where each stands.", no_args_is_help=True)
app.command("tell")(tell_command)
app.command("undelivered")(undelivered_command)


def office_of(opened: Session, pack: str = "cn") -> Office:
    """What actions on the cases of a pack need.

    Raises:
        Refusal: GS-CLI-040 if the pack is not loaded, or has no calendar to count working days by.
    """
    from goodstanding.core.calendars import Calendar
    from goodstanding.procedures.steps import Office

    try:
        file = Path(opened.catalogue.pack(pack).folder) / "calendar.yaml"
    except KeyError:
        file = Path(pack)
    if not file.is_file():
        raise Refusal(
            "GS-CLI-040",
            f"The pack {pack} has no calendar.",
            where=str(file),
            why="Terms of cases are counted in working days.",
            remedy="Add calendar.yaml to the pack, or name another pack.",
        )
    return Office(opened.catalogue, opened.home, opened.clock, Calendar.load(file))


@app.command("propose")
def propose_command(
    procedure: Annotated[str, typer.Argument(help="Procedure, such as cn/listing/tax-major.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Open no more cases than this.")] = 100,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Open a case for each candidate of the newest run of a list's rulebook.

    A candidate is no entry: an official reviews each one, and nothing takes effect without notice and decision.

    Example: goodstanding case propose cn/listing/tax-major --limit 10
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.procedures.proposing import propose

        on, found = _listing(opened, procedure)
        cases = propose(found, office_of(opened, procedure.split("/")[0]), on, limit=limit)
        _show([_row(one, opened) for one in cases], "Opened", json)


@app.command("list")
def list_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """List the open cases, what is due first on top.

    Example: goodstanding case list
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        from django.db.models import F

        from goodstanding.procedures.queries import going_on

        cases = going_on().order_by(F("due").asc(nulls_last=True), "pk")[:1000]
        _show([_row(one, opened) for one in cases], "Open cases", json)


@app.command("show")
def show_command(
    case: Annotated[str, typer.Argument(help="Public id of the case.")],
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Show one case: its steps, its deadlines with their trail, and what can come next.

    Example: goodstanding case show 0199…
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        told = _whole(case_named(case), opened)
    if json or piped():
        as_json(told)
        return
    show_sums(
        told["case"], {name: told[name] for name in ("procedure", "organisation", "authority", "closed")}
    )
    show_table(
        "Steps", ("no", "day", "act", "by", "outcome"), [tuple(one.values())[:5] for one in told["steps"]]
    )
    show_table(
        "Deadlines",
        ("act", "from", "until", "not counted", "calendar"),
        [tuple(one.values()) for one in told["deadlines"]],
    )
    console.print(f"Next: {', '.join(told['next']) or 'nothing'}", markup=False, highlight=False)


@app.command("pass-day")
def pass_day_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """Do what a day brings: entries expire, deadlines follow the calendar, parties are told, old texts go.

    Orders follow memoranda that come into force or are repealed while entries stand. Where an authority was silent
    and the law says what follows, that follows.

    `goodstanding serve` does the same by itself. A second time on the same day changes nothing.

    Example: goodstanding case pass-day --today 2026-12-01
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        told = bring_day(opened)
    if json or piped():
        as_json(told)
        return
    show_sums("Today", told)


def bring_day(opened: Session) -> dict[str, int]:
    """What a day brings, over all packs that have procedures; and what was kept long enough goes."""
    from goodstanding.measures.chasing import chase
    from goodstanding.measures.log import forget
    from goodstanding.measures.succession import follow_memoranda
    from goodstanding.office.keeping import keep_up
    from goodstanding.procedures.clockwork import pass_day
    from goodstanding.procedures.forgetting import forget_texts
    from goodstanding.procedures.models import Case
    from goodstanding.procedures.versions import tell_days

    if Case.objects.exists():
        tell_days(opened.clock)
    total = {"expired": 0, "moved": 0, "told": 0, "by_law": 0, "checks": 0}
    for pack in opened.catalogue.packs:
        if pack.procedures:
            passed = pass_day(office_of(opened, pack.name), opened.clock.today(pack.zone))
            total = {name: total[name] + getattr(passed, name) for name in total}
    followed = follow_memoranda(opened.catalogue, opened.clock)
    with_cases = [one for one in opened.catalogue.packs if one.procedures]
    reminded = sum(chase(one, office_of(opened, one.name).calendar, opened.clock) for one in with_cases)
    texts = forget_texts(opened.catalogue, opened.home, opened.clock)
    swept = keep_up(opened.home, opened.clock.today())
    return {
        **{name.replace("_", " "): count for name, count in total.items()},
        "orders lifted with their memorandum": followed.lifted,
        "orders added by a memorandum": followed.added,
        "reminders of liftings": reminded,
        "questions forgotten": forget(opened.clock),
        "cases whose texts went": texts,
        "drafts removed": swept.drafts,
        "documents removed": swept.documents,
        "lines of the history removed": swept.changes,
    }


def _listing(opened: Session, path: str) -> tuple[date, Procedure]:
    """The day, and the procedure of a list that is in force on it. Raises GS-CLI-041 if there is none."""
    days = {pack.name: opened.clock.today(pack.zone) for pack in opened.catalogue.packs}
    known = {
        one.path: one
        for one in opened.catalogue.procedures
        if one.listing is not None and one.in_force(days[one.path.split("/")[0]])
    }
    if path not in known:
        near = get_close_matches(path, known, n=3, cutoff=0.5)
        which = f"one like it: {', '.join(near)}" if near else f"one of: {', '.join(sorted(known))}"
        raise Refusal(
            "GS-CLI-041",
            "No procedure of a list that is in force has this name.",
            where=f"PROCEDURE {path}",
            why="Candidates are proposed for a list, and a list is named with its pack: <pack>/listing/<list>.",
            remedy=f"Name {which}.",
        )
    return days[path.split("/")[0]], known[path]


def case_named(text: str) -> Case:
    """The case with a public id. Raises GS-CLI-042 if there is none."""
    from goodstanding.procedures.models import Case

    try:
        found = Case.objects.filter(public_id=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refusal(
            "GS-CLI-042",
            "There is no such case.",
            where=text,
            remedy="Copy its id from goodstanding case list.",
        )
    return found


def _row(case: Case, opened: Session) -> dict[str, object]:
    last = case.steps.order_by("-number").first()
    return {
        "case": str(case.public_id),
        "procedure": case.procedure.path,
        "organisation": case.subject.identifier,
        "last": "" if last is None else f"{last.act} {last.on}",
        "due": getattr(case, "due", None),
    }


def _whole(case: Case, opened: Session) -> dict[str, Any]:
    from goodstanding.procedures.queries import deadlines_of
    from goodstanding.procedures.steps import course_of

    office = office_of(opened, case.procedure.path.split("/")[0])
    course = course_of(case, office.procedure(case.procedure.digest))
    zone = opened.catalogue.pack(case.procedure.path.split("/")[0]).zone
    return {
        "case": str(case.public_id),
        "procedure": case.procedure.path,
        "organisation": case.subject.identifier,
        "authority": case.authority,
        "closed": course.closed,
        "steps": [
            {
                "number": one.number,
                "on": one.on,
                "act": one.act,
                "by": one.party,
                "outcome": one.outcome,
                "reasons": one.reasons,
                "basis": one.basis,
                "served_on": one.served_on,
                "effective_from": one.effective_from,
                "effective_to": one.effective_to,
            }
            for one in case.steps.order_by("number")
        ],
        "deadlines": [
            {
                "act": one.act,
                "starts": one.starts,
                "last": one.last,
                "not_counted": "; ".join(f"{day} {why}" for day, why in one.not_counted),
                "calendar": f"{one.calendar} {one.calendar_version}{' (provisional)' if one.provisional else ''}",
            }
            for one in deadlines_of(case)
        ],
        "next": [stage.act.value for stage in course.next(opened.clock.today(zone))],
    }


def _show(rows: list[dict[str, object]], title: str, json: bool) -> None:
    if json or piped():
        as_json(rows)
        return
    columns = ("case", "procedure", "organisation", "last", "due")
    show_table(title, columns, [[one[name] for name in columns] for one in rows], whole=("case",))
