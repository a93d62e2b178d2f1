"""A YAML file as nodes that know where they stand, so that every error can say file, line and column.

Scalars are read from their text: `0.2` never passes through a binary fraction, `010` is not eight, `NO` is
not false. Anchors, aliases, tags, merge keys and several documents are refused: a rulebook is to be read by
a court, and must say what it says in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from goodstanding.core.errors import Refusal

DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, which reads ten times as fast, where PyYAML was built with it."""

LARGEST = 4_000_000  # characters


@dataclass(frozen=True)
class Source:
    """Where a node stands."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}"


def refusal(number: int, what: str, where: Source | str, *, why: str = "", remedy: str = "") -> Refusal:
    """A Refusal of this room, with its place."""
    return Refusal(f"GS-RULES-{number:03d}", what, where=str(where), why=why, remedy=remedy)


class Value:
    """One node: a mapping, a list or a scalar."""

    def __init__(self, node: yaml.Node, file: str, key: str = "the file") -> None:
        self.node = node
        self.file = file
        self.key = key

    @property
    def source(self) -> Source:
        mark = self.node.start_mark
        return Source(self.file, mark.line + 1, mark.column + 1)

    @contextmanager
    def placed(self) -> Iterator[None]:
        """Give this node's place to a refusal of the model, which knows none."""
        try:
            yield
        except Refusal as error:
            if error.where:
                raise
            raise Refusal(
                error.code, error.what, where=str(self.source), why=error.why, remedy=error.remedy
            ) from error

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    def wrong(self, expected: str) -> Refusal:
        """The refusal of a value of the wrong type."""
        found = "a mapping" if self.is_mapping else "a list" if self.is_list else repr(str(self.node.value))
        if self.is_scalar and self.node.value == "":
            found = "nothing"
        return refusal(
            5, f"{self.key} must be {expected}, and is {found}", self.source, remedy=f"write {expected}"
        )

    def text(self) -> str:
        """The scalar's text, trimmed and not empty."""
        if not self.is_scalar or not str(self.node.value).strip():
            raise self.wrong("a text")
        return str(self.node.value).strip()

    @property
    def quoted(self) -> bool:
        """Whether it is a scalar in quotes, which is always a text."""
        return isinstance(self.node, yaml.ScalarNode) and bool(self.node.style)

    def plain(self, expected: str) -> str:
        """The text of an unquoted scalar."""
        if not self.is_scalar or self.quoted or not self.node.value:
            raise self.wrong(expected)
        return str(self.node.value)

    def saying(self, text: str) -> Value:
        """A scalar of this text at the same place: a part of what is written here."""
        node = yaml.ScalarNode("tag:yaml.org,2002:str", text, self.node.start_mark, self.node.end_mark)
        return Value(node, self.file, self.key)

    def items(self) -> list[Value]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("a list")
        return [Value(one, self.file, f"a member of {self.key}") for one in self.node.value]

    def items_or_one(self) -> list[Value]:
        """The members of a list, or the value itself as its only member."""
        return self.items() if self.is_list else [self]

    def fields(self) -> Fields:
        """The keys of a mapping."""
        return Fields(self)


class Fields:
    """The keys of a mapping, each to be asked for once; `done` refuses what nobody asked for."""

    def __init__(self, value: Value) -> None:
        if not isinstance(value.node, yaml.MappingNode):
            raise value.wrong("a mapping")
        self.value = value
        self.found: dict[str, Value] = {}
        self.asked: list[str] = []
        for key_node, node in value.node.value:
            key = Value(key_node, value.file, "a key")
            name = key.text()
            if name == "<<":
                raise refusal(10, "merge keys are not read", key.source, remedy="write the values out")
            if name in self.found:
                raise refusal(
                    3,
                    f"the key {name!r} stands twice",
                    key.source,
                    why="the first value would be lost without a word",
                    remedy="keep one",
                )
            self.found[name] = Value(node, value.file, name)

    @property
    def source(self) -> Source:
        return self.value.source

    def get(self, key: str) -> Value | None:
        """The value of a key that may be left out."""
        self.asked.append(key)
        return self.found.get(key)

    def need(self, key: str, why: str = "") -> Value:
        """The value of a key that must be there."""
        found = self.get(key)
        if found is None:
            raise refusal(
                4, f"{self.value.key} has no {key!r}", self.source, why=why, remedy=f"add the key {key}"
            )
        return found

    def rest(self) -> dict[str, Value]:
        """All keys, for mappings whose keys are free."""
        self.asked.extend(self.found)
        return self.found

    def one_of(self, *keys: str) -> tuple[str, Value] | None:
        """The one key among these that is there; None if none is."""
        there = [key for key in keys if key in self.found]
        self.asked.extend(keys)
        if len(there) > 1:
            raise refusal(
                4, f"{' and '.join(there)} cannot stand together", self.source, remedy="keep one of them"
            )
        return (there[0], self.found[there[0]]) if there else None

    def done(self) -> None:
        """Refuse the keys that nobody asked for."""
        for key, value in self.found.items():
            if key not in self.asked:
                near = get_close_matches(key, self.asked, 1)
                raise refusal(
                    2,
                    f"{self.value.key} knows no key {key!r}",
                    value.source,
                    why="a rule that is not understood must not be passed over",
                    remedy=f"did you mean {near[0]!r}?" if near else "use one of " + ", ".join(self.asked),
                )


def compose(text: str, file: str) -> Value:
    """The file's one document as a node. Refusal GS-RULES-001, 010 if it is no plain YAML."""
    if len(text) > LARGEST:
        raise refusal(
            1, "the file is too large for a rulebook", file, remedy="keep it under 4 million characters"
        )
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            mark = event.start_mark
            place: Source | str = Source(file, mark.line + 1, mark.column + 1) if mark else file
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise refusal(10, "anchors and aliases are not read", place, remedy="write the values out")
            if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) is not None:
                raise refusal(10, "tags are not read", place, remedy="write the value without its tag")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise refusal(1, f"nested deeper than {DEEPEST} levels", place, remedy="simplify")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        where: Source | str = Source(file, at.line + 1, at.column + 1) if at else file
        problem = error.problem or "cannot be read"
        raise refusal(
            1, f"not YAML: {problem}", where, remedy="mend the line; mind indentation and quotes"
        ) from error
    except yaml.YAMLError as error:
        raise refusal(
            1, "not YAML: a character that YAML does not allow", file, remedy="save as UTF-8"
        ) from error
    if node is None:
        raise refusal(1, "the file is empty", file, remedy="write a rulebook")
    return Value(node, file)
