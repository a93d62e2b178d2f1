"""Measures: `measures.yaml` or `measures/*.yaml` of a pack. Facts about measures: `measure_facts.yaml`."""

from __future__ import annotations

from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_name, read_title, read_word
from goodstanding.catalogue.measure import Dimension, Effect, Hits, Measure, MeasureFact, Process, Rank
from goodstanding.core.errors import Refusal

_REQUIRED = "id title effect dimension rests_on basis targets source"
_OPTIONAL = (
    "number law processes executable refused precedence pauses_in_suit shielded_by_plan division uncertain hits"
    " reaches implementers grade number_in_grade repeats adds reserved_to"
)

PRECEDENCE = {
    Rank.LAW: 10,
    Rank.ADMINISTRATIVE_REGULATION: 20,
    Rank.CENTRAL_POLICY: 40,
    Rank.JUDICIAL_INTERPRETATION: 50,
    Rank.DEPARTMENT_RULE: 60,
    Rank.LOCAL_REGULATION: 70,
    Rank.MEMORANDUM: 100,
}
"""What a measure that states no precedence gets: the higher instrument first."""

BENEFIT_YIELDS = 5
"""At one rank a benefit gives way to a restriction."""


def read_measures(cell: Cell, pack: str, marks: dict[str, str]) -> tuple[Measure, ...]:
    """The measures of one file. Raises GS-PACK-071, -072, -079."""
    return tuple(_measure(one, pack, marks) for one in cell.block("measures")["measures"].cells())


def read_measure_facts(cell: Cell) -> tuple[MeasureFact, ...]:
    """Rules, examples and policies that are shown beside the measures: file measure_facts.yaml."""
    found = []
    for one in cell.block("facts")["facts"].cells():
        block = one.block("kind number title consequence source", "uncertain")
        found.append(
            MeasureFact(
                kind=read_word(block["kind"], ("rule", "example", "policy", "programme")),
                number=block["number"].integer(),
                title=read_title(block["title"]),
                consequence=read_title(block["consequence"]),
                source=block.text("source"),
                uncertain=block.flag("uncertain"),
            )
        )
    return tuple(found)


def _measure(cell: Cell, pack: str, marks: dict[str, str]) -> Measure:
    block = cell.block(_REQUIRED, _OPTIONAL)
    path = f"{pack}/{read_name(block['id'])}"
    marks[f"measure {path}"] = block.where
    effect, rank = read_choice(block["effect"], Effect), read_choice(block["rests_on"], Rank)
    executable = block["executable"].flag() if "executable" in block else True
    if executable == ("refused" in block):
        raise Refusal(
            "GS-PACK-079",
            "a measure is executable, or says why it is refused",
            where=block.where,
            why="What is not carried out is shown with its reason.",
            remedy="Write executable: false with refused: {en: …, zh: …}, or neither.",
        )
    return Measure(
        path=path,
        title=read_title(block["title"]),
        effect=effect,
        basis=tuple(read_basis(one) for one in block["basis"].cells()),
        targets=read_title(block["targets"]),
        number=block["number"].integer() if "number" in block else None,
        law=read_word(block["law"], ("by_law", "by_rule")) if "law" in block else "by_rule",
        processes=tuple(read_choice(one, Process) for one in block.cells("processes")),
        executable=executable,
        refused=read_title(block["refused"]) if "refused" in block else None,
        precedence=_precedence(block, effect, rank),
        pauses_in_suit=block.flag("pauses_in_suit"),
        shielded_by_plan=block.flag("shielded_by_plan"),
        division=_division(block),
        source=block.text("source"),
        uncertain=block.flag("uncertain"),
        dimension=read_choice(block["dimension"], Dimension),
        rests_on=rank,
        hits=read_choice(block["hits"], Hits) if "hits" in block else Hits.LISTED,
        reaches=read_basis(block["reaches"]) if "reaches" in block else None,
        implementers=read_title(block["implementers"]) if "implementers" in block else None,
        grade=read_word(block["grade"], ("reward", "adverse", "serious")) if "grade" in block else "",
        number_in_grade=block["number_in_grade"].integer() if "number_in_grade" in block else None,
        repeats=f"{pack}/{block.text('repeats')}" if "repeats" in block else "",
        adds=read_title(block["adds"]) if "adds" in block else None,
        reserved_to=block.texts("reserved_to"),
    )


def _precedence(block: Block, effect: Effect, rank: Rank) -> int:
    """The stated one, 0 to 1000; else by rank, a benefit after the restrictions of its rank."""
    if "precedence" not in block:
        return PRECEDENCE[rank] + (BENEFIT_YIELDS if effect is Effect.BENEFIT else 0)
    stated = block["precedence"].integer()
    if not 0 <= stated <= 1000:
        raise Refusal(
            "GS-PACK-071",
            f"{stated} is no precedence",
            where=block["precedence"].where,
            remedy="A whole number from 0 to 1000; the smaller prevails.",
        )
    return stated


def _division(block: Block) -> str:
    code = block.text("division")
    if code and not (code.isascii() and code.isdigit() and len(code) in (2, 4, 6)):
        raise Refusal(
            "GS-PACK-072",
            f"{code!r} is no beginning of a division code",
            where=block["division"].where,
            remedy='Two, four or six digits in quotes, for instance "33" for Zhejiang.',
        )
    return code
