"""Run a rulebook over everyone and keep the result with what is needed to run it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.core.reader import Access
from goodstanding.intake import workspace
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.erasing import hold_off_erasures
from goodstanding.ledger.extract import extract_at
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import current_position, writing
from goodstanding.rules import Assessment, Extract, Rulebook, digest
from goodstanding.rules.engines import duckdb as engine
from goodstanding.rules.engines.chosen import DUCKDB, Engine
from goodstanding.rules.engines.explaining import Explaining
from goodstanding.rules.manifest import Manifest
from goodstanding.rules.ranking import CutOffs
from goodstanding.rules.shelf import Asked, Shelf
from goodstanding.standing.cutting import Key, kept_by, newest_like, said
from goodstanding.standing.models import Run
from goodstanding.standing.replacing import replace_rows
from goodstanding.standing.undelivered import undelivered
from goodstanding.standing.universe import schemes_of, within
from goodstanding.standing.workings import looks_at_groups

_ATTEMPTS = 3


class _Overtaken(Exception):
    """A record was erased after the run began: what was worked out may rest on it."""


@dataclass(frozen=True)
class RunReport:
    """What came out of a run. `grades` counts subjects by grade; "" is "cannot tell". `undelivered` are the deliveries
    that the rulebook asks for and that did not come. Of a run that is done again, `other_catalogue` is the digest
    of the catalogue of then, if it is not the one of now."""

    run: UUID | None
    rulebook: str
    in_force_from: date
    rulebook_digest: str
    on: date
    position: int
    subjects: int
    lines: int
    grades: dict[str, int]
    result_digest: str
    undelivered: tuple[str, ...] = ()
    other_catalogue: str = ""


@dataclass(frozen=True)
class _Found:
    """A run's rows, in two Parquet files, and their digest."""

    assessments: Path
    lines: Path
    digest: str
    subjects: int
    line_count: int
    grades: dict[str, int]
    cut_offs: Mapping[Key, CutOffs]


def manifest_of(
    order: Sequence[Asked],
    shelf: Shelf,
    catalogue: Catalogue,
    position: int,
    cut_offs: Mapping[Key, CutOffs],
    by: Engine,
) -> str:
    """What a run rests on, as JSON with sorted keys: enough to do it again."""
    manifest = Manifest.of_order(order, shelf, cut_offs, position=position, catalogue_digest=catalogue.digest)
    return json.dumps(
        {
            **manifest.plain(),
            "engine": by.name,
            "groups": looks_at_groups([order]),
            "packs": {pack.name: pack.digest for pack in catalogue.packs},
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def run_rulebook(
    path: str,
    *,
    on: date,
    catalogue: Catalogue,
    home: Home,
    clock: Clock,
    actor: str,
    by: Engine = DUCKDB,
) -> RunReport:
    """Assess everyone by the rulebook that a day is assessed by, and keep the result.

    The rulebooks whose results it rests on are run first, inside the same run, and not kept.
    Assessments of the rulebook's older runs go; their manifests and digests stay.

    A record that is erased meanwhile is not brought back: then everything is worked out anew.

    Raises:
        Refusal: GS-RULES-070, -071 for the rulebook; GS-STANDING-001 if the ledger holds no records yet, -004 if
            records were erased each time.
    """
    shelf = Shelf.of(catalogue.packs)
    rulebook = shelf.on(path, on)
    order = shelf.order(rulebook, on)
    for _ in range(_ATTEMPTS):
        position = current_position()
        try:
            with workspace(home.work) as room:
                found = _evaluate(order, catalogue, home, position, room.folder, by)
                with writing(Event.Kind.RUN, actor=actor, clock=clock, digest=found.digest) as event:
                    if not hold_off_erasures(position):
                        raise _Overtaken
                    run = Run.objects.create(
                        rulebook=path,
                        in_force_from=rulebook.in_force_from,
                        rulebook_digest=digest(rulebook),
                        on=on,
                        position=position,
                        manifest=manifest_of(order, shelf, catalogue, position, found.cut_offs, by),
                        result_digest=found.digest,
                        cut_offs=said(found.cut_offs),
                        subjects=found.subjects,
                        lines=found.line_count,
                        event=event,
                    )
                    replace_rows(run, found.assessments, found.lines, rulebook, room)
        except _Overtaken:
            continue
        return _report(run.public_id, rulebook, on, position, found, catalogue)
    raise Refusal(
        "GS-STANDING-004",
        "Records were erased each time while this was worked out.",
        where=path,
        why="A result must not bring back what was erased meanwhile.",
        remedy="Run it again once the erasures are done.",
    )


def run_again(run: UUID, *, catalogue: Catalogue, home: Home, by: Engine = DUCKDB) -> tuple[RunReport, str]:
    """Do a kept run again from its manifest; returns what came out and the digest that came out then.

    It is done with the catalogue of now; if the manifest names another one, the report says so.

    Raises:
        Refusal: GS-STANDING-002 no such run; GS-STANDING-003 if what the manifest names is not here any more.
    """
    kept = Run.objects.filter(public_id=run).first()
    if kept is None:
        raise Refusal("GS-STANDING-002", "There is no such run.", where=str(run), remedy="Check the id.")
    order = _order_of(kept, Shelf.of(catalogue.packs).by_digest())
    with workspace(home.work) as room:
        found = _evaluate(order, catalogue, home, kept.position, room.folder, by)
    report = _report(run, order[-1].rulebook, kept.on, kept.position, found, catalogue)
    then = str(json.loads(kept.manifest)["catalogue"])
    return replace(report, other_catalogue="" if then == catalogue.digest else then), kept.result_digest


def _order_of(kept: Run, by_digest: Mapping[str, Rulebook]) -> tuple[Asked, ...]:
    """The rulebooks that a manifest names, in their order."""
    manifest = json.loads(kept.manifest)
    named = [(one["path"], one["digest"], one["on"]) for one in manifest.get("rests_on", ())]
    named.append((kept.rulebook, kept.rulebook_digest, kept.on.isoformat()))
    order = []
    for path, wanted, on in named:
        rulebook = by_digest.get(wanted)
        if rulebook is None:
            raise Refusal(
                "GS-STANDING-003",
                "The version of the rulebook that the manifest names is not here.",
                where=path,
                why=f"Its digest is {wanted}.",
                remedy="Name the pack of then with --pack.",
            )
        order.append(Asked(rulebook, date.fromisoformat(on)))
    return tuple(order)


def explain(
    path: str, subject: int, *, on: date, catalogue: Catalogue, home: Home
) -> tuple[Rulebook, Assessment]:
    """One organisation alone, as known now: the same result as in a run over everyone.

    For quotas by rank it takes the cut-offs of the newest run for that day.
    """
    shelf = Shelf.of(catalogue.packs)
    rulebook = shelf.on(path, on)
    order = shelf.order(rulebook, on)
    ranked = any(one.rulebook.quotas for one in order)
    cut_offs = kept_by(newest_like(path, digest(rulebook), on) if ranked else None)
    items = {one.path: one for one in catalogue.items}

    def schemes(asked: Rulebook) -> frozenset[str]:
        return frozenset(schemes_of(catalogue.pack(asked.pack)))

    with Explaining(
        order, items, _extract(catalogue, home, current_position()), cut_offs, schemes
    ) as explaining:
        return rulebook, explaining.of(subject)


def _extract(catalogue: Catalogue, home: Home, position: int) -> Extract:
    """What is known at a position; some record must be."""
    extract = extract_at(home, position, Access.RESTRICTED, catalogue)
    if not extract.records:
        raise Refusal(
            "GS-STANDING-001",
            "The ledger holds no records yet.",
            remedy="Take in a file first: goodstanding intake FILE --source SOURCE.",
        )
    return extract


def _extracts(catalogue: Catalogue, home: Home, position: int, folder: Path) -> Callable[[Rulebook], Extract]:
    """The extract for a rulebook: the subjects of its pack."""
    extract = _extract(catalogue, home, position)

    @cache
    def of_pack(name: str) -> Extract:
        return within(extract, catalogue.pack(name), folder)

    return lambda rulebook: of_pack(rulebook.pack)


def _evaluate(
    order: Sequence[Asked], catalogue: Catalogue, home: Home, position: int, folder: Path, by: Engine
) -> _Found:
    extract_of = _extracts(catalogue, home, position, folder)
    items = {one.path: one for one in catalogue.items}
    with engine.in_order(order, items, extract_of, write_to=folder / "run", assess=by.assess) as ordered:
        run = ordered.run
        if run.written is None:
            raise AssertionError("the engine was told to write its result")
        assessments, lines = run.written
        return _Found(
            assessments=assessments,
            lines=lines,
            digest=engine.digest_of(run.db, str(assessments), str(lines)),
            subjects=run.counts["subjects"],
            line_count=run.counts["lines"],
            grades=run.grades(),
            cut_offs=ordered.cut_offs,
        )


def _report(
    run: UUID | None, rulebook: Rulebook, on: date, position: int, found: _Found, catalogue: Catalogue
) -> RunReport:
    return RunReport(
        run=run,
        rulebook=rulebook.path,
        in_force_from=rulebook.in_force_from,
        rulebook_digest=digest(rulebook),
        on=on,
        position=position,
        subjects=found.subjects,
        lines=found.line_count,
        grades=found.grades,
        result_digest=found.digest,
        undelivered=tuple(map(str, undelivered(rulebook, catalogue, on, coverage_at(position, catalogue)))),
    )
