"""YAML with line marks: each value knows the file and line that it stands on.

A pack is law made readable, so an error has to point at the line. PyYAML's node tree keeps the marks
that its loader throws away; `Cell` and `Block` read that tree and refuse what is not expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from goodstanding.core.errors import Refusal

# libyaml's loader where PyYAML has it: ten times as fast on the national catalogue, and the same marks.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_WORDS = {"str": "text", "int": "a whole number", "bool": "true or false", "timestamp": "a date"}


@dataclass(frozen=True)
class Cell:
    """One YAML value and where it stands."""

    node: yaml.Node
    file: str

    @property
    def where(self) -> str:
        """File and line, counted from 1."""
        return f"{self.file}:{self.node.start_mark.line + 1}"

    def _scalar(self, kind: str) -> str:
        node = self.node
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TAG + kind:
            remedy = f"Write {_WORDS[kind]} here"
            if kind == "str":
                remedy += "; put it in quotes if YAML reads it as a number, a date or true/false"
            raise Refusal("GS-PACK-003", f"expected {_WORDS[kind]}", where=self.where, remedy=remedy + ".")
        return str(node.value)

    def text(self) -> str:
        """A text that is not blank. Raises GS-PACK-003, GS-PACK-004."""
        value = self._scalar("str").strip()
        if not value:
            raise Refusal("GS-PACK-004", "this text is blank", where=self.where, remedy="Fill it in.")
        return value

    def raw(self) -> str:
        """A text as written, possibly blank. Raises GS-PACK-003."""
        return self._scalar("str")

    def integer(self) -> int:
        """A whole number. Raises GS-PACK-003."""
        try:
            return int(self._scalar("int"))
        except ValueError as error:
            raise Refusal(
                "GS-PACK-003",
                "expected a plain decimal number",
                where=self.where,
                remedy="Write digits only.",
            ) from error

    def flag(self) -> bool:
        """True or false. Raises GS-PACK-003."""
        return self._scalar("bool").lower() in ("true", "yes", "on")

    def day(self) -> date:
        """A civil date, year-month-day. Raises GS-PACK-003."""
        try:
            return date.fromisoformat(self._scalar("timestamp"))
        except ValueError as error:
            raise Refusal(
                "GS-PACK-003", "expected a date", where=self.where, remedy="Write it as 2021-07-30."
            ) from error

    def cells(self) -> tuple[Cell, ...]:
        """The entries of a list. Raises GS-PACK-003."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise Refusal("GS-PACK-003", "expected a list", where=self.where, remedy="Write a YAML list.")
        return tuple(Cell(one, self.file) for one in self.node.value)

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(one.text() for one in self.cells())

    def pairs(self) -> tuple[tuple[str, Cell], ...]:
        """The entries of a mapping in their order. Raises GS-PACK-002 for a repeated key, GS-PACK-003."""
        if not isinstance(self.node, yaml.MappingNode):
            raise Refusal(
                "GS-PACK-003", "expected keys and values", where=self.where, remedy="Write key: value."
            )
        found: dict[str, Cell] = {}
        for key, value in self.node.value:
            name = Cell(key, self.file).text()
            if name in found:
                raise Refusal(
                    "GS-PACK-002",
                    f"the key {name!r} is written twice",
                    where=Cell(key, self.file).where,
                    why="Of two values one would be dropped without a word.",
                    remedy="Keep one of them.",
                )
            found[name] = Cell(value, self.file)
        return tuple(found.items())

    def is_mapping(self) -> bool:
        """Whether this value is keys and values."""
        return isinstance(self.node, yaml.MappingNode)

    def is_name(self) -> bool:
        """Whether this value is one text or number, neither a list nor keys and values."""
        return isinstance(self.node, yaml.ScalarNode)

    def block(self, required: str, optional: str = "") -> Block:
        """The mapping with exactly these keys (names parted by blanks). GS-PACK-001, GS-PACK-005."""
        return Block(self, required.split(), optional.split())


class Block:
    """A mapping whose keys are known."""

    def __init__(self, cell: Cell, required: list[str], optional: list[str]) -> None:
        self.where = cell.where
        self._cells = dict(cell.pairs())
        known = [*required, *optional]
        for name, value in self._cells.items():
            if name not in known:
                raise Refusal(
                    "GS-PACK-001",
                    f"unknown key {name!r}",
                    where=value.where,
                    why="A key that nothing reads is a mistake or a promise that is not kept.",
                    remedy=f"Known keys here: {', '.join(known)}.",
                )
        for name in required:
            if name not in self._cells:
                raise Refusal(
                    "GS-PACK-005",
                    f"the key {name!r} is missing",
                    where=self.where,
                    remedy=f"Add {name!r}; docs/reference/packs.md says what it holds.",
                )

    def __contains__(self, name: str) -> bool:
        return name in self._cells

    def __getitem__(self, name: str) -> Cell:
        return self._cells[name]

    def get(self, name: str) -> Cell | None:
        """The value of that key, if it is written."""
        return self._cells.get(name)

    def text(self, name: str, default: str = "") -> str:
        """The text of that key, or the default."""
        return self._cells[name].text() if name in self._cells else default

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The texts of that key, or the default."""
        return self._cells[name].texts() if name in self._cells else default

    def integer(self, name: str, default: int) -> int:
        """The whole number of that key, or the default."""
        return self._cells[name].integer() if name in self._cells else default

    def flag(self, name: str) -> bool:
        """The flag of that key; false if it is not written."""
        return name in self._cells and self._cells[name].flag()

    def cells(self, name: str) -> Iterator[Cell]:
        """The list of that key; nothing if it is not written."""
        yield from self._cells[name].cells() if name in self._cells else ()

    def mapping(self, name: str) -> tuple[tuple[str, str], ...]:
        """Pairs of texts under that key; nothing if it is not written."""
        if name not in self._cells:
            return ()
        return tuple((key, value.text()) for key, value in self._cells[name].pairs())


def read_yaml(path: Path, name: str) -> Cell:
    """The root of a YAML file; `name` is how errors call the file.

    Raises GS-PACK-006 for what is not readable YAML of one document without anchors.
    """
    try:
        text = path.read_text(encoding="utf-8")
        for event in yaml.parse(text, Loader=_LOADER):
            if getattr(event, "anchor", None) is not None:
                raise Refusal(
                    "GS-PACK-006",
                    "anchors and aliases are not read",
                    where=f"{name}:{event.start_mark.line + 1}" if event.start_mark else name,
                    why="A line of a pack says what it says where it stands.",
                    remedy="Write the value out.",
                )
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark is not None else name
        what = getattr(error, "problem", None) or "not readable as YAML"
        raise Refusal("GS-PACK-006", f"not YAML: {what}", where=where, remedy="Mend the file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            "GS-PACK-006", "the file cannot be read", where=name, why=str(error), remedy="Save it as UTF-8."
        ) from error
    if node is None:
        raise Refusal("GS-PACK-006", "the file is empty", where=name, remedy="Fill or remove it.")
    return Cell(node, name)
