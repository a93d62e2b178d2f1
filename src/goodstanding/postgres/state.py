"""What the keeper tells the processes that wait for it: one small file, replaced whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal

STARTING = "starting PostgreSQL 18"
CREATING = "creating the database cluster"
RECOVERING = "recovering after a crash"
CLEARING = "waiting for the previous server to end"
STOPPING = "waiting for the server to stop"
STOPPED = "stopped"
READY = "ready"
FAILED = "failed"


@dataclass(frozen=True)
class State:
    """The keeper's phase (one of the constants above); `token` names the attempt, `failure` a refusal."""

    phase: str
    token: str
    failure: dict[str, str] | None = None

    def write(self, base: Path) -> None:
        """Replace the file; a reader sees the old one or the new one."""
        unfinished = base / "state.new"
        unfinished.write_text(json.dumps(asdict(self)), "utf-8")
        unfinished.rename(base / "state")

    @classmethod
    def read(cls, base: Path) -> State | None:
        """The last state that was written; None when there is none yet.

        A machine that lost its power can leave the file empty; that is no state either.
        """
        try:
            found = json.loads((base / "state").read_text("utf-8"))
            return cls(found["phase"], found["token"], found["failure"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def refusal(self) -> Refusal:
        """The failure as the error that a user sees."""
        told = self.failure or {}
        return Refusal(
            told.get("code", "GS-POSTGRES-020"),
            told.get("what", "the embedded PostgreSQL did not start"),
            where=told.get("where", ""),
            why=told.get("why", ""),
            remedy=told.get("remedy", ""),
        )
