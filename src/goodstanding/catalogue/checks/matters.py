"""Clauses 1.3 and 1.4: no personal points; closed domains; protected traits are no fields and no columns."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.checks.subjects import taken_columns
from goodstanding.catalogue.domains import DOMAINS, LIST_GROUNDS
from goodstanding.catalogue.model import Item, Pack
from goodstanding.catalogue.tripwire import PRIVATE, PROTECTED, Wire, wire_that_rings

_LIFE = tuple(one for one in PRIVATE if one.clause == "1.4")
_POINTS = tuple(one for one in PRIVATE if one.clause == "1.3")
_NARROW = Wire(
    "culture, internet or social organisations",
    "1.4",
    r"cultur(e|al)|art(s|istic)?|internet|online|websites?|cyber|social organi[sz]ations?|ngos?|charit(y|ies)"
    r"|charitable|foundations?|entertainment|films?|games?",
    r"文化|艺术|互联网|网络|网站|社会组织|社会团体|民办非企业|慈善|基金会|娱乐|电影|游戏",
    r"agricultur(e|al)|aquacultur(e|al)|online (sale|retail|trade)s?|网络交易|网络零售|state of the art",
)


def _texts(item: Item) -> Iterator[tuple[str, str]]:
    """(text, mark) for all that the item says of itself."""
    mark = f"item {item.path}"
    yield item.path.partition("/")[2], mark
    yield item.title.en, mark
    yield item.title.zh, mark
    for field in item.fields:
        where = f"field {item.path} {field.name}"
        yield from ((text, where) for text in (field.name, field.title.en, field.title.zh))


def _points(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        for text, mark in _texts(item):
            if wire_that_rings(text, _POINTS):
                yield Finding(
                    f"{text!r} of {item.path} speaks of personal points",
                    mark,
                    "Remove it. Personal points exist only in lab, on generated people.",
                )
    for contract in pack.contracts:
        for column in taken_columns(contract):
            if wire_that_rings(column.name, _POINTS):
                yield Finding(
                    f"the column {column.name!r} speaks of personal points",
                    f"column {contract.path} {column.name}",
                    "Declare it ignored, with the reason.",
                )


def _domains(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if item.domain not in DOMAINS:
            yield Finding(
                f"{item.domain!r} is no domain",
                f"item {item.path}",
                f"One of {', '.join(DOMAINS)}. The list changes only with a decision record.",
            )


def _false_domain(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        name = item.path.partition("/")[2]
        for text in (name, item.title.en, item.title.zh):
            wire = wire_that_rings(text, (*PROTECTED, *_LIFE))
            if wire is not None:
                yield Finding(
                    f"{text!r} speaks of {wire.matter}, whatever domain it declares",
                    f"item {item.path}",
                    "Remove the item, or show it in refused.yaml with the reason.",
                )
    for contract in pack.contracts:
        for text in (contract.path.partition("/")[2], contract.title.en, contract.title.zh):
            wire = wire_that_rings(text, (*PROTECTED, *_LIFE))
            if wire is not None:
                yield Finding(
                    f"the source {text!r} speaks of {wire.matter}",
                    f"contract {contract.path}",
                    "Remove the contract, or show its matter in refused.yaml with the reason.",
                )


def _fields(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        for field in item.fields:
            for text in (field.name, field.title.en, field.title.zh):
                wire = wire_that_rings(text, (*PROTECTED, *_LIFE))
                if wire is not None:
                    yield Finding(
                        f"the field {field.name!r} of {item.path} speaks of {wire.matter}",
                        f"field {item.path} {field.name}",
                        "Remove the field.",
                    )


def _columns(pack: Pack) -> Iterator[Finding]:
    for contract in pack.contracts:
        for column in taken_columns(contract):
            texts = (column.name, *column.values)
            wire = next(filter(None, (wire_that_rings(one, (*PROTECTED, *_LIFE)) for one in texts)), None)
            if wire is not None:
                yield Finding(
                    f"the column {column.name!r} speaks of {wire.matter} and is taken in",
                    f"column {contract.path} {column.name}",
                    "Declare it ignored, with the reason: so the file can come in without it.",
                )


def _narrow_lists(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if not item.listing:
            continue
        texts = (item.path.partition("/")[2], item.title.en, item.title.zh)
        if not any(wire_that_rings(text, (_NARROW,)) for text in texts):
            continue
        beyond = [one for one in item.grounds if one not in LIST_GROUNDS]
        if beyond or not item.grounds:
            what = f"has the grounds {', '.join(beyond)}" if beyond else "does not name its grounds"
            yield Finding(
                f"the list {item.path} is about {_NARROW.matter} and {what}",
                f"item {item.path}",
                "Only grounds: [filing, finance] are admitted; show the rest in refused.yaml.",
            )


CHECKS = (
    Check("GS-PACK-131", "1.3", "personal points exist only in lab.", _points),
    Check("GS-PACK-141", "1.4", "an item belongs to one of a closed list of domains.", _domains),
    Check("GS-PACK-142", "1.4", "a domain that is declared falsely is caught by its words.", _false_domain),
    Check("GS-PACK-143", "1.4", "protected traits are refused as fields.", _fields),
    Check("GS-PACK-144", "1.4", "protected traits are refused as columns.", _columns),
    Check(
        "GS-PACK-145",
        "1.4",
        "of lists about culture, internet or social organisations only the filing and finance grounds.",
        _narrow_lists,
    ),
)
