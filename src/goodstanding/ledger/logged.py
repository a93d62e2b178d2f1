"""The public log against the ledger: what an owner of the database wrote anew, with every digest, is found here."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.entries import entries, keys_of, log_of
from goodstanding.ledger.finding import Finding
from goodstanding.proof.auditing import audit
from goodstanding.proof.entries import LedgerEntry, parse
from goodstanding.proof.log import Log
from goodstanding.proof.published import CHECKPOINT, Tiles

_SHOWN = 20
_GONE = "It was logged, and the ledger has it no more."


def against_the_log(home: Home) -> Iterator[Finding]:
    """What differs between the ledger and its log, and within the log; nothing where no log was begun."""
    log = log_of(home)
    if not log.exists():
        if keys_of(home).current.exists() or home.log.exists():
            yield Finding(
                "GS-PROOF-081", str(home.log), "A log was begun here, and what was kept of it is gone."
            )
        return
    try:
        if log.folder.read(CHECKPOINT) is not None:
            for one in audit(log.folder).findings:
                yield Finding(one.code, f"the log, {one.about}", one.what)
        yield from _positions(home, log)
    except Refusal as refusal:
        yield Finding(refusal.code, f"the log, {refusal.where}", refusal.what)


def _positions(home: Home, log: Log) -> Iterator[Finding]:
    state = log.state()
    logged = (parse(one) for one in Tiles(log.folder, state.size).entries())
    ledger = entries(home, 0, state.position)
    now, shown = next(ledger, None), 0
    for said in logged:
        if not isinstance(said, LedgerEntry):
            continue
        while now is not None and now.position < said.position:
            now = next(ledger, None)
        if said == now:
            continue
        shown += 1
        there = now is not None and now.position == said.position
        what = "The ledger holds something else here than what was logged." if there else _GONE
        yield Finding("GS-PROOF-080", f"position {said.position} ({said.kind})", what)
        if shown == _SHOWN:
            return
