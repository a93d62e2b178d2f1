"""Clauses 1.5 and 1.6: no record without an instrument and a law; only an official lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.model import InstrumentMapping, Pack, Polarity, Target
from goodstanding.catalogue.procedure import CaseKind

_NOT_STATED = re.compile(r"(?i)\b(not|un)[- ]?(stated|known|named)\b|未(载明|说明|注明|列明)|无依据|不详")


def _instruments(pack: Pack) -> Iterator[Finding]:
    for contract in pack.contracts:
        if contract.target is Target.RECORDS and contract.instrument == InstrumentMapping():
            yield Finding(
                "the contract names no instrument",
                f"instrument {contract.path}",
                "Map authority, number and date of the document, or say instrument: {register: true}.",
            )


def _document(pack: Pack) -> Iterator[Finding]:
    for contract in pack.contracts:
        one = contract.instrument
        stated = [name for name in ("number", "article", "dated") if getattr(one, name)]
        if one.register and stated:
            yield Finding(
                f"the register is the instrument, and {', '.join(stated)} of a document are mapped",
                f"instrument {contract.path}",
                "Keep one: a document that the source states, or the register where it states none.",
            )
        if not one.register and one != InstrumentMapping() and not (one.number and one.dated):
            yield Finding(
                "the instrument has no number or no date",
                f"instrument {contract.path}",
                "Map number and dated, or say register: true where the source states no document.",
            )


def _bases(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if not item.basis:
            yield Finding(
                f"the item {item.path} has no legal basis",
                f"item {item.path}",
                "Name the law or regulation that lets it be recorded.",
            )


def _laws_of_listings(pack: Pack) -> Iterator[Finding]:
    for one in pack.procedures:
        unstated = [basis.instrument for basis in one.basis if _NOT_STATED.search(basis.instrument)]
        if one.kind is CaseKind.LISTING and (unstated or not one.basis):
            yield Finding(
                f"{one.path} lists by {unstated[0] if unstated else 'no law'}",
                f"procedure {one.path} {one.valid_from}",
                "Name the law, regulation or rule that lets this list be kept.",
            )


def _own_listings(pack: Pack) -> Iterator[Finding]:
    own = {item.path for item in pack.items if item.listing and item.own}
    for contract in pack.contracts:
        brought = {contract.record.item, *(path for _, path in contract.record.items)}
        for path in sorted(brought & own):
            yield Finding(
                f"the contract brings {path}, a listing of our own",
                f"record {contract.path}",
                "A file may bring reported listings only; make an item with listing: reported.",
            )


def _market(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if item.market_information and item.listing:
            yield Finding(
                f"the item {item.path} is market information and a listing",
                f"item {item.path}",
                "Market information is kept apart and is never enough for a list.",
            )
        if item.listing and item.polarity is Polarity.NEUTRAL:
            yield Finding(
                f"the list {item.path} is neither adverse nor favourable",
                f"item {item.path}",
                "Say polarity: negative or positive.",
            )


CHECKS = (
    Check("GS-PACK-151", "1.5", "no record without an instrument.", _instruments),
    Check("GS-PACK-152", "1.5", "the instrument is one document, or the published register.", _document),
    Check("GS-PACK-153", "1.5", "nothing is recorded without a law.", _bases),
    Check("GS-PACK-154", "1.5", "no listing of ours rests on a basis that nobody stated.", _laws_of_listings),
    Check("GS-PACK-161", "1.6", "only a reasoned decision of a competent official lists.", _own_listings),
    Check("GS-PACK-162", "1.6", "a listing is the state's and says for or against.", _market),
)
