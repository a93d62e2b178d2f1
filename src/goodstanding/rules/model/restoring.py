"""The canonical form back into typed nodes: `restored(plain(book)) == book`, and invalid nodes are refused."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from goodstanding.catalogue.model import Basis, Title

from . import awards, changes, conditions, examples, facts, grading, rulebook, rules, selects, tiers, windows
from .rulebook import Rulebook
from .values import Interval, Range, invalid

_MODULES = (awards, changes, conditions, examples, facts, grading, rulebook, rules, selects, tiers, windows)


@cache
def _nodes() -> dict[str, type]:
    """Every node by the name that the canonical form gives it."""
    found: dict[str, type] = {one.__name__: one for one in (Basis, Title, Interval, Range)}
    for module in _MODULES:
        for name, one in vars(module).items():
            if isinstance(one, type) and dataclasses.is_dataclass(one):
                found[name] = one
    return found


@cache
def _hints(node: type) -> dict[str, Any]:
    return get_type_hints(node)


def restored(data: dict[str, Any]) -> Rulebook:
    """The rulebook of a canonical form that was read from JSON.

    Raises:
        Refusal: GS-RULES-060 a node or field that the model does not have; any refusal of a node that makes no
            sense.
    """
    book = _node(data)
    if not isinstance(book, Rulebook):
        raise invalid(60, "this is not the canonical form of a rulebook")
    return book


def _node(data: dict[str, Any]) -> Any:
    name = data.get("node")
    node = _nodes().get(str(name))
    if node is None:
        raise invalid(60, f"the model has no node {name!r}", remedy="read it with the version that wrote it")
    hints = _hints(node)
    strange = set(data) - set(hints) - {"node"}
    if strange:
        raise invalid(
            60,
            f"{name} has no field {', '.join(sorted(strange))}",
            remedy="read it with the version that wrote it",
        )
    return node(**{key: _value(value, hints[key]) for key, value in data.items() if key != "node"})


def _value(value: Any, hint: Any) -> Any:
    """A value as its field has it: nodes, tuples, enumerations and dates out of plain data."""
    if isinstance(value, dict):
        return _node(value)
    choices = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if isinstance(value, list):
        inner = next(get_args(one) for one in choices if get_origin(one) is tuple)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_value(one, inner[0]) for one in value)
        return tuple(_value(one, each) for one, each in zip(value, inner, strict=True))
    if isinstance(value, str):
        for one in choices:
            if isinstance(one, type) and issubclass(one, Enum):
                return one(value)
        if date in choices:
            return date.fromisoformat(value)
    return value
