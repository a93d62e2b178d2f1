"""The fictional rulebook in OpenFisca, on its vectorised entities; run by the Python of its own environment.

    python bench/peer_openfisca.py RULES.json FOLDER OUT.parquet documented|tuned

Records are the persons of OpenFisca, organisations its groups, each rule a variable of organisations: the sum
over the organisation's records, no lower than its cap. No lines are written: OpenFisca has none.

Two ways from columns to groups: `documented` is `SimulationBuilder.join_with_persons` with a role for each
person, as OpenFisca's documentation has it; `tuned` sets the places that it would work out. For both, records
that cannot count are left out while reading, which the documentation does not ask for and makes them faster.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2024"
_INPUTS = ("item", "day", "amount", "days", "level", "kind")


def system_of(rules: list[dict[str, Any]]) -> TaxBenefitSystem:
    """Records, organisations, a variable for each rule, the total."""
    record = Entity("record", "records", "Record", "")
    organisation = GroupEntity(
        "organisation", "organisations", "Organisation", "", roles=[{"key": "holder", "plural": "holders"}]
    )
    system = TaxBenefitSystem([organisation, record])
    for name in _INPUTS:
        system.add_variable(
            type(name, (Variable,), {"value_type": int, "entity": record, "definition_period": YEAR})
        )

    def formula_of(rule: dict[str, Any]) -> Any:
        def formula(organisation: Any, period: Any) -> Any:
            held = organisation.members
            day = held("day", period)
            amount = held("amount", period)
            met = (held("item", period) == rule["item"]) & (day >= rule["first"]) & (day < rule["past"])
            if rule["amount"] >= 0:
                met &= amount >= rule["amount"]
            if rule["days"] >= 0:
                met &= held("days", period) >= rule["days"]
            if rule["levels"] != 0b1110:
                met &= (held("level", period) & rule["levels"]) != 0
            if rule["kinds"] != 0b111111110:
                met &= (held("kind", period) & rule["kinds"]) != 0
            points = rule["points"] if rule["unit"] is None else rule["points"] * (amount // rule["unit"])
            total = organisation.sum(met * points)
            return total if rule["cap"] is None else np.maximum(total, rule["cap"])

        return formula

    for rule in rules:
        name = f"rule_{rule['rule']}"
        about = {"value_type": int, "entity": organisation, "definition_period": YEAR}
        system.add_variable(type(name, (Variable,), {**about, "formula": formula_of(rule)}))

    def total(organisation: Any, period: Any) -> Any:
        return 10000 + sum(organisation(f"rule_{rule['rule']}", period) for rule in rules)

    system.add_variable(
        type(
            "total",
            (Variable,),
            {"value_type": int, "entity": organisation, "definition_period": YEAR, "formula": total},
        )
    )
    return system


def read(folder: Path, first: int, on: int) -> tuple[Any, dict[str, Any]]:
    """The organisations, and the columns of the records that can count, as arrays."""
    day = pc.field("decided_on")
    within = (day >= pa.scalar(first, pa.int32()).cast(pa.date32())) & (
        day <= pa.scalar(on, pa.int32()).cast(pa.date32())
    )
    names = ["record_id", "subject_id", "item", "decided_on", "amount", "currency", "number_1"]
    parts = sorted(str(one) for one in folder.glob("records-*.parquet"))
    table = ds.dataset(parts).to_table(columns=[*names, "seriousness", "code_1"], filter=within)
    endings = ds.dataset(str(folder / "endings.parquet")).to_table()
    past = pc.less_equal(endings["counts_until"], pa.scalar(on, pa.int32()).cast(pa.date32()))
    ended = endings["record_id"].filter(past)
    table = table.filter(pc.invert(pc.is_in(table["record_id"], value_set=ended.combine_chunks())))
    stated = pc.if_else(pc.equal(table["currency"], "CNY"), table["amount"], None)
    words = table["code_1"].combine_chunks().dictionary_encode()
    words = words.combine_chunks() if isinstance(words, pa.ChunkedArray) else words
    bits = np.array([1 << int(one[1:]) for one in words.dictionary.to_pylist()], dtype=np.int32)
    columns = {
        "subject": table["subject_id"].to_numpy(),
        "item": table["item"].to_numpy(),
        "day": table["decided_on"].cast(pa.int32()).to_numpy(),
        "amount": pc.fill_null(stated, 0).to_numpy(),
        "days": table["number_1"].to_numpy(),
        "level": 1 << table["seriousness"].to_numpy().astype(np.int32),
        "kind": bits[words.indices.to_numpy()],
    }
    return ds.dataset(str(folder / "subjects.parquet")).to_table()["subject_id"].to_numpy(), columns


def main(rules_path: str, folder: str, out: str, way: str) -> None:
    """Evaluate everyone, write the totals, print the seconds that it took."""
    given = json.loads(Path(rules_path).read_text(encoding="utf-8"))
    start, used = time.perf_counter(), time.process_time()
    system = system_of(given["rules"])
    everyone, columns = read(Path(folder), given["first"], given["on"])
    # `join_with_persons` needs a person in every group; whoever has no record keeps what everyone starts with.
    subjects = np.unique(columns["subject"]) if way == "documented" else np.sort(everyone)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("record", np.arange(len(columns["subject"])))
    organisations = builder.declare_entity("organisation", subjects)
    if way == "documented":
        roles = np.full(len(columns["subject"]), "holder")
        builder.join_with_persons(organisations, columns["subject"], roles=roles)
    else:
        organisations.members_entity_id = np.searchsorted(subjects, columns["subject"])
        organisations.members_role = np.full(len(columns["subject"]), organisations.entity.flattened_roles[0])
    simulation = builder.build(system)
    for name in _INPUTS:
        simulation.set_input(name, PERIOD, columns[name].astype(np.int32))
    total = simulation.calculate("total", PERIOD)
    if way == "documented":
        rest = np.setdiff1d(everyone, subjects, assume_unique=True)
        subjects = np.concatenate((subjects, rest))
        total = np.concatenate((total, np.full(len(rest), 10000)))
    seconds = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - used}
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"subject_id": subjects, "total": total.astype(np.int64)}), out)
    print(json.dumps({**seconds, "organisations": len(subjects)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
