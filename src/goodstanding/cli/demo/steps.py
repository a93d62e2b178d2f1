"""What of the demo is done, kept in its home."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goodstanding.cli.output import errors
from goodstanding.core.errors import Refusal


@dataclass
class Steps:
    """What of the demo is done, kept in the home so that an interrupted demo goes on where it was."""

    file: Path
    wanted: dict[str, Any]
    done: dict[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, wanted: dict[str, Any]) -> Steps:
        if not file.exists():
            return cls(file, wanted)
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["wanted"] != wanted:
            raise Refusal(
                "GS-CLI-030",
                "This home holds another demo.",
                where=str(file),
                why=f"It was made with {kept['wanted']}.",
                remedy="Give the same numbers, or another folder with --home.",
            )
        return cls(file, wanted, kept["done"])

    def run(self, name: str, act: Callable[[], str]) -> None:
        """Do a step that is not done yet, and say how long it took."""
        if name in self.done:
            return
        start = time.monotonic()
        told = act()
        self.done[name] = round(time.monotonic() - start, 1)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps({"wanted": self.wanted, "done": self.done}, indent=1), encoding="utf-8")
        fresh.replace(self.file)
        say(f"{self.done[name]:6.1f} s  {name}: {told}")


def say(text: str) -> None:
    """A line for whoever watches."""
    errors.print(text, highlight=False, markup=False, soft_wrap=True)
