"""The documents can be followed: each command shown at a prompt runs, and prints what is shown.

In the documents, a block marked `console` holds commands after `$ ` and lines of their output. `…` stands for
what differs from run to run. The commands of a document run in order, in an empty folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command of a document, and the lines that are shown below it."""

    command: str
    shown: tuple[str, ...]


def steps_of(text: str) -> list[Step]:
    """The commands of a document, in order."""
    steps: list[Step] = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            ends = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
            command = "\n".join(lines[: ends + 1])
            steps.append(Step(command, tuple(line for line in lines[ends + 1 :] if line.strip())))
    return steps


def missing_line(shown: tuple[str, ...], printed: str) -> str | None:
    """The first shown line that the output does not hold, in the order shown; None if it holds all."""
    rest = [" ".join(line.split()) for line in printed.splitlines()]
    for line in shown:
        words = [re.escape(part) for part in " ".join(line.split()).split("…")]
        pattern = re.compile(".*".join(words))
        found = next((number for number, candidate in enumerate(rest) if pattern.fullmatch(candidate)), None)
        if found is None:
            return line
        rest = rest[found + 1 :]
    return None


DOCUMENTS = [
    path
    for path in sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
    if steps_of(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_document_can_be_followed(document: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GOODSTANDING_")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}",
        "COLUMNS": "110",
        "GOODSTANDING_POSTGRES_LINGER": "5",
    }
    for step in steps_of(document.read_text(encoding="utf-8")):
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", step.command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        assert result.returncode == 0, f"$ {step.command}\n{result.stdout}"
        lacks = missing_line(step.shown, result.stdout)
        assert lacks is None, f"$ {step.command}\nis shown to print\n{lacks}\nbut prints\n{result.stdout}"


def test_some_documents_show_commands() -> None:
    assert ROOT / "docs/tutorial.md" in DOCUMENTS


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert missing_line(("grade B", "… points"), "grade  B\n89 points\n") is None
    assert missing_line(("grade A",), "grade B\n") == "grade A"
    assert missing_line(("2", "1"), "1\n2\n") == "1"
