"""A kept run over a ledger does not tell by which engine it was done: Spark repeats it to the same digest."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from goodstanding.rules.engines import spark as spark_engine
from goodstanding.rules.engines.chosen import Engine
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.models import Run
from goodstanding.standing.running import run_again, run_rulebook
from tests.integration.installation import TODAY, Installation
from tests.integration.standing import test_resting_runs as resting

# py4j leaves its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
province = resting.province


def test_what_one_engine_kept_the_other_repeats(
    installation: Installation, province: Shelf, session: Any
) -> None:
    """With a group, quotas by rank, and the result of another rulebook."""
    by = Engine("spark", partial(spark_engine.assess_all, session=session))
    catalogue, home = installation.catalogue, installation.home
    kept = run_rulebook(
        resting.RANKED,
        on=TODAY,
        catalogue=catalogue,
        home=home,
        clock=installation.clock,
        actor="test",
        by=by,
    )
    assert kept.run is not None
    assert json.loads(Run.objects.get(public_id=kept.run).manifest)["engine"] == "spark"
    again, then = run_again(kept.run, catalogue=catalogue, home=home)
    assert (again.result_digest, again.grades, again.lines) == (then, kept.grades, kept.lines)
    assert run_again(kept.run, catalogue=catalogue, home=home, by=by)[0].result_digest == then
