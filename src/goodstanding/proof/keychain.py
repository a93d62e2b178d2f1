"""Which key signs which checkpoint: the log says so itself, in the entries of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goodstanding.proof.entries import KeyEntry
from goodstanding.proof.findings import Finding
from goodstanding.proof.notes import Checkpoint, Note, VerifierKey


@dataclass
class KeyChain:
    """The keys of a log in order, each with the index of the entry that names it."""

    links: list[tuple[int, KeyEntry]] = field(default_factory=list)

    def add(self, index: int, entry: KeyEntry) -> Iterator[Finding]:
        """Add the next; yields what is wrong with it."""
        before = self.links[-1][1].key if self.links else None
        self.links.append((index, entry))
        if not entry.holds():
            yield Finding(
                "GS-PROOF-050", f"entry {index}", "The signatures of this change of keys do not verify."
            )
        elif entry.previous != before or (before is not None and before.name != entry.key.name):
            yield Finding("GS-PROOF-051", f"entry {index}", "This key does not follow the key before it.")

    def signing(self, size: int) -> VerifierKey | None:
        """The key that signs a checkpoint of this size: the newest that its entries name."""
        named = [entry.key for index, entry in self.links if index < size]
        return named[-1] if named else None

    def judge(self, note: Note, checkpoint: Checkpoint, about: str) -> Iterator[Finding]:
        """Whether the right key signed a checkpoint, and whether each line is the log's or a witness's."""
        key = self.signing(checkpoint.size)
        if key is None:
            yield Finding("GS-PROOF-052", about, "None of the entries says which key signs.")
        elif checkpoint.origin != key.name:
            yield Finding(
                "GS-PROOF-053", about, f"It is of “{checkpoint.origin}”, and the log is “{key.name}”."
            )
        elif not note.is_signed_by(key):
            yield Finding(
                "GS-PROOF-054",
                about,
                f"It does not carry the signature of the key that signs this log now ({key.id.hex()}).",
            )

    def vouched_from(self, trusted: VerifierKey, size: int) -> Finding | None:
        """Whether the key that signs a size is the trusted one, or follows it with each one's word for the next."""
        known = [place for place, (_, entry) in enumerate(self.links) if entry.key == trusted]
        if not known:
            return Finding("GS-PROOF-055", str(trusted), "The log never named the key that you trust.")
        for index, entry in self.links[known[0] + 1 :]:
            if index < size and not entry.vouched:
                return Finding(
                    "GS-PROOF-056",
                    f"entry {index}",
                    f"The key before it does not vouch for {entry.key}: it was lost, says the log. Ask the publisher.",
                )
        return None
