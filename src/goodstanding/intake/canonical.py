"""Canonical JSON (RFC 8785) as one flat list of pieces for DuckDB's concat.

Objects inside objects are not written one by one and copied into each other: all pieces of all levels stand
in one concat, and neighbouring constants are joined. Keys are sorted here, by UTF-16 code units as the RFC
asks; an absent member leaves no trace, and its comma goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from goodstanding.intake import sql


@dataclass(frozen=True)
class Piece:
    """A constant or an expression (NULL counts as nothing), written only where `when` holds ('': always)."""

    constant: str = ""
    value: str = ""
    when: str = ""

    def written(self) -> str:
        """The piece as an argument of concat."""
        if self.value:
            return self.value
        constant = sql.text(self.constant)
        return f"CASE WHEN {self.when} THEN {constant} END" if self.when else constant


@dataclass(frozen=True)
class Member:
    """A member of an object: key, the pieces of its value, and when it is there ('': always).

    Where it is absent, the expressions among its pieces have to be NULL.
    """

    key: str
    pieces: tuple[Piece, ...]
    present: str = ""


def text(key: str, escaped: str, present: str = "") -> Member:
    """A member whose value is the SQL of a JSON text."""
    return Member(key, (Piece(value=escaped),), present)


def constant(key: str, value: str, present: str = "") -> Member:
    """A member with the same text in every row."""
    return Member(key, (Piece(json.dumps(value, ensure_ascii=False)),), present)


def plain(key: str, value: str, present: str = "") -> Member:
    """A member whose value is an SQL integer."""
    return Member(key, (Piece(value=value),), present)


def quoted(key: str, value: str, present: str = "") -> Member:
    """A member whose value is an SQL date: a text that needs no escaping."""
    return Member(key, (Piece('"'), Piece(value=value), Piece('"')), present)


def nested(key: str, members: Sequence[Member], present: str = "") -> Member:
    """A member that is an object. Without a member that is always there, it is there where any is."""
    if all(one.present for one in members):
        present = "(" + " OR ".join(one.present for one in members) + ")"
        return Member(key, (Piece(value=_loose(members, present)),), present)
    return Member(key, tuple(_pieces(members)), present)


def either(key: str, when: str, then: Member, otherwise: Member) -> Member:
    """A member that is one of two, each without a condition of its own."""
    made = f"CASE WHEN {when} THEN {concat(then.pieces)} ELSE {concat(otherwise.pieces)} END"
    return Member(key, (Piece(value=made),))


def document(members: Sequence[Member]) -> str:
    """SQL of the whole object, of which at least one member is always there."""
    return concat(_pieces(members))


def concat(pieces: Sequence[Piece]) -> str:
    """The pieces as one expression; neighbouring constants under the same condition are one."""
    joined: list[Piece] = []
    for one in pieces:
        last = joined[-1] if joined else None
        if last is not None and not last.value and not one.value and last.when == one.when:
            joined[-1] = Piece(last.constant + one.constant, when=one.when)
        else:
            joined.append(one)
    return f"concat({', '.join(one.written() for one in joined)})"


def _sorted(members: Sequence[Member]) -> list[Member]:
    return sorted(members, key=lambda one: one.key.encode("utf-16-be"))


def _pieces(members: Sequence[Member]) -> list[Piece]:
    """The object. Commas hang on the members beside the first one that is always there."""
    ordered = _sorted(members)
    anchor = next(place for place, one in enumerate(ordered) if not one.present)
    pieces = [Piece("{")]
    for place, one in enumerate(ordered):
        key = json.dumps(one.key, ensure_ascii=False) + ":"
        before = "," if place > anchor else ""
        after = "," if place < anchor else ""
        pieces.append(Piece(before + key, when=one.present))
        pieces += [_under(piece, one.present) for piece in one.pieces]
        if after:
            pieces.append(Piece(after, when=one.present))
    return [*pieces, Piece("}")]


def _under(piece: Piece, present: str) -> Piece:
    """A piece of a member that may be absent."""
    if not present or piece.value:
        return piece
    when = f"({present} AND {piece.when})" if piece.when and piece.when != present else present
    return Piece(piece.constant, when=when)


def _loose(members: Sequence[Member], present: str) -> str:
    """An object of which every member may be absent: the first comma is cut off afterwards."""
    pieces: list[Piece] = []
    for one in _sorted(members):
        key = json.dumps(one.key, ensure_ascii=False) + ":"
        pieces.append(Piece("," + key, when=one.present))
        pieces += [_under(piece, one.present) for piece in one.pieces]
    return f"CASE WHEN {present} THEN concat('{{', substr({concat(pieces)}, 2), '}}') END"
