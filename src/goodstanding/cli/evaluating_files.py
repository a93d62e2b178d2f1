"""Run a rulebook over Parquet files, and say beside the result what it rests on and what its codes mean."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodstanding import __version__
from goodstanding.catalogue.loading import Catalogue
from goodstanding.cli.handed import Files, handed

if TYPE_CHECKING:  # the engines are loaded when something is run
    from goodstanding.rules.engines.chosen import Engine


def on_files(
    name: str, files: Files, out: Path, on: date, catalogue: Catalogue, engine: Engine
) -> dict[str, Any]:
    """Assess everyone in the files by a rulebook, a path or a YAML file, and write the result to a folder.

    Returns what is shown of it: counts, and how many have each grade.

    Raises:
        Refusal: GS-RULES-… for the rulebook and for the files.
    """
    from goodstanding.rules.engines.duckdb import in_order
    from goodstanding.rules.force import check_day
    from goodstanding.rules.manifest import applied
    from goodstanding.rules.result_key import result_key
    from goodstanding.rules.shelf import Shelf

    shelf = Shelf.of(catalogue.packs)
    rulebook = shelf.from_file(Path(name), on) if Path(name).is_file() else shelf.on(name, on)
    check_day(rulebook, on)
    items = {one.path: one for one in catalogue.items}
    order = shelf.order(rulebook, on)
    out.mkdir(parents=True, exist_ok=True)
    key = out / "run.json"
    key.unlink(missing_ok=True)  # until this run is done, nothing here explains another one's files
    with (
        handed(files, catalogue, out) as ready,
        in_order(order, items, ready.extract_of, write_to=out, assess=engine.assess) as ordered,
    ):
        run = ordered.run
        told: dict[str, Any] = {
            "rulebook": rulebook.path,
            "in_force_from": rulebook.in_force_from.isoformat(),
            "on": on.isoformat(),
            "subjects": run.counts["subjects"],
            "lines": run.counts["lines"],
            "grades": run.grades(),
        }
        *before, last = (applied(one, shelf, ordered.cut_offs.get(one.key)).plain() for one in order)
    said = {
        **told,
        "title": {"en": rulebook.title.en, "zh": rulebook.title.zh},
        "applied": last,
        "rests_on": before,
        "files": dict(files.digests()),
        "catalogue": catalogue.digest,
        "engine": engine.name,
        "version": __version__,
        "codes": result_key(rulebook),
    }
    key.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return {**told, "out": out}
