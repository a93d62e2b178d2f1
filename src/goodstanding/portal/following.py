"""What follows from an entry, as pages show it: each order with its measure, its body, its law and its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodstanding.catalogue.model import Basis, Title
from goodstanding.measures.lines import OrderLine
from goodstanding.measures.rests import RestLine
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept


@dataclass(frozen=True)
class OrderRow:
    """An order for a page."""

    measure: Title
    authority: Title
    law: tuple[Basis, ...]
    line: OrderLine


@dataclass(frozen=True)
class RestRow:
    """A suit or a plan for a page."""

    line: RestLine
    law: tuple[Basis, ...]


def order_rows(lines: Iterable[OrderLine]) -> list[OrderRow]:
    """Orders with their titles in both languages."""
    return [
        OrderRow(
            Title(one.order.measure.title["en"], one.order.measure.title["zh"]),
            shelf.authority_title(one.order.authority.path),
            laws_kept(one.order.law),
            one,
        )
        for one in lines
    ]


def rest_rows(lines: Iterable[RestLine]) -> list[RestRow]:
    """Suits and plans with their law."""
    return [RestRow(one, laws_kept(one.rest.basis)) for one in lines]
