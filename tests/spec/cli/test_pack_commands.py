"""`goodstanding pack` says how many procedures a pack has, and which."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from goodstanding.catalogue.loading import load_pack
from goodstanding.cli import app


def test_procedures_are_counted_and_listed() -> None:
    shown = CliRunner().invoke(app, ["pack", "show", "cn", "--json"])

    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.output)
    pack = load_pack("cn")
    assert found["procedures"] == len(pack.procedures)
    assert found["refused_lists"] == sum(one.reason is not None for one in pack.lists)
    by_list = {one["list"]: one for one in found["list_of_procedures"] if one["list"]}
    assert by_list["tax-major"]["in_force"] == {"from": "2022-02-01", "to": None}
    assert by_list["tax-major"]["stages"][0] == "propose"
    assert {one["division"] for one in found["list_of_procedures"]} >= {"", "31", "33", "4403"}
