"""`goodstanding case promise`: an organisation commits itself to an authority, item by item."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml

from goodstanding.catalogue.procedure import Act, CaseKind, Party
from goodstanding.cli.case import app, office_of
from goodstanding.cli.counter import known_to_offices
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, piped, show_sums
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from goodstanding.procedures.promising import Promised

_KEYS = {"by", "how", "en", "zh", "law", "rulebook"}


@app.command("promise")
def promise_command(
    procedure: Annotated[str, typer.Argument(help="Procedure, such as cn/commitment/national.")],
    organisation: Annotated[str, typer.Option("--organisation", help="Identifier or public id.")],
    promises: Annotated[
        Path, typer.Option("--promises", help="YAML file: a list of {by, how, en, zh, law, rulebook}.")
    ],
    account: Annotated[
        str, typer.Option("--account", help="The name with which its representative signs in.")
    ],
    authority: Annotated[
        str, typer.Option("--authority", help="Full path of the authority that accepts it.")
    ],
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Commit an organisation to an authority: what it promises, each by its day, and how that is checked.

    Each item needs `by`, `how`, and `en` or `zh`; `law` is a list of pairs, instrument and article; `rulebook` a path.
    On the last of the days the check stands in the authority's queue; an official says of each whether it was kept.

    Example:
      goodstanding case promise cn/commitment/national --organisation 91990105MADU4E6B60 --promises promises.yaml
      --account wang.fang --authority cn/samr
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.office.accounts.making import named
        from goodstanding.procedures.acting import Actor
        from goodstanding.procedures.deed import Deed
        from goodstanding.procedures.queries import mandates_of
        from goodstanding.procedures.steps import Said, open_case

        name = procedure.split("/")[0]
        office, on = office_of(opened, name), when.today(opened.catalogue.pack(name).zone)
        subject = known_to_offices(organisation)
        found = next(
            (one for one in opened.catalogue.procedures if one.path == procedure and one.in_force(on)), None
        )
        gives = found is not None and found.kind is CaseKind.COMMITMENT and found.stages[0].act is Act.APPLY
        if found is None or not gives or not subject.division.startswith(found.division):
            raise Refusal(
                "GS-CLI-069",
                "No commitment is given under this procedure that way.",
                where=procedure,
                why="It is none in force where the organisation is, or an official begins it by telling the terms.",
                remedy="Name a commitment of its place, such as cn/commitment/national.",
            )
        mandate = mandates_of(named(account).key, on).filter(subject=subject).first()
        if mandate is None:
            raise Refusal(
                "GS-CLI-047",
                f"This account acts for no organisation that the record is about on {on}.",
                why="The procedure leaves this to the organisation.",
                remedy="Give the account a mandate: goodstanding account mandate.",
            )
        bodies = {one.path: one for each in opened.catalogue.packs for one in each.authorities}
        if authority not in bodies or bodies[authority].market:
            raise Refusal(
                "GS-CLI-069",
                "No pack has this authority.",
                where=authority,
                why="A commitment is given to an authority; a market participant is none.",
                remedy="Name the authority that accepts the commitment, such as cn/samr.",
            )
        case = open_case(
            found,
            subject,
            office,
            first=Deed(Act.APPLY, on, Party.SUBJECT),
            by=Actor(Party.SUBJECT, mandate=mandate),
            said=Said(promises=_items(promises)),
            authority=authority,
        )
        told = {
            "case": str(case.public_id),
            "procedure": found.path,
            "authority": case.authority,
            "organisation": subject.identifier,
            "promises": case.promises.count(),
        }
    if json or piped():
        as_json(told)
        return
    show_sums("Promised", told)


def _items(file: Path) -> tuple[Promised, ...]:
    """What a file promises. Raises GS-CLI-070 where it is no list of items with their days."""
    from goodstanding.procedures.promising import Promised

    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))
        return tuple(
            Promised(
                _day(one["by"]),
                _text(one, "how"),
                en=_text(one, "en"),
                zh=_text(one, "zh"),
                law=tuple(_law(law) for law in one.get("law", ())),
                rulebook=_text(one, "rulebook"),
            )
            for one in rows
            if _known(one)
        )
    except (
        OSError,
        UnicodeDecodeError,
        yaml.YAMLError,
        KeyError,
        TypeError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as error:
        why = f"{type(error).__name__}: {error}"[:400]
        raise Refusal(
            "GS-CLI-070",
            "The file does not say what is promised.",
            where=str(file),
            why=why.encode("utf-8", "backslashreplace").decode(),  # half of a character cannot be shown
            remedy="Write a YAML list of {by: 2026-12-31, how: …, en: …, zh: …, law: [[instrument, article]]}.",
        ) from error


def _known(item: dict[str, Any]) -> bool:
    if not isinstance(item, dict):
        raise TypeError(f"{str(item)[:40]} is no item")
    unknown = sorted(str(one) for one in set(item) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}")
    return True


def _text(item: dict[str, Any], name: str) -> str:
    written = item[name] if name == "how" else item.get(name, "")
    if not isinstance(written, str):
        raise TypeError(f"{name} is no text; write it between quotation marks")
    return written


def _law(written: object) -> tuple[str, str]:
    """Instrument and article; an article may be a bare number."""
    parts = written if isinstance(written, list) else []
    if not 1 <= len(parts) <= 2 or not isinstance(parts[0], str) or type(parts[-1]) not in (str, int):
        raise TypeError("law is a list of pairs, instrument and article")
    return parts[0], str(parts[1]) if len(parts) > 1 else ""


def _day(written: object) -> date:
    if isinstance(written, datetime) or not isinstance(written, date | str):
        raise TypeError("by is a day, such as 2026-12-31, without a time")
    return written if isinstance(written, date) else date.fromisoformat(written)
