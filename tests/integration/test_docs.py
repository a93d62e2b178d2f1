"""The documents can be followed: each command shown at a prompt runs, and prints what is shown.

In the documents, a block marked `console` holds commands after `$ ` and lines of their output. `…` stands for
what differs from run to run. A block with `file=…` is a file that the reader writes. All of it is followed in
order, in an empty folder, at a terminal: people see other things than programs get. A document that goes on
where another ends says so in a comment, `<!-- after: … -->`.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.integration.memory import folder_in_memory
from tests.integration.postgres.observing import wait_stopped

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OURS = ("GOODSTANDING_", "DATABASE_URL", "DJANGO_")
_AFTER = re.compile(r"^<!-- after: (\S+) -->$", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A command of a document, and the lines that are shown below it."""

    text: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file that a document tells the reader to write."""

    path: str
    content: str


def steps_of(document: Path) -> list[Command | File]:
    """What a document tells the reader to do, in order."""
    text = document.read_text(encoding="utf-8")
    return [step for block in _BLOCK.findall(text) for step in _steps(*block)]


def comes_after(document: Path) -> Path | None:
    """The document that this one goes on from."""
    found = _AFTER.search(document.read_text(encoding="utf-8"))
    return (document.parent / found.group(1)).resolve() if found else None


def _steps(language: str, file: str, body: str) -> Iterator[Command | File]:
    if file:
        yield File(file, body)
    elif language == "console":
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            ends = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
            shown = tuple(line for line in lines[ends + 1 :] if line.strip())
            yield Command("\n".join(lines[: ends + 1]), shown)


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


def run_at_a_terminal(command: str, folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Exit code and output of a shell command whose output is a terminal."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        printed = b""
        try:
            while piece := os.read(ours, 65536):
                printed += piece
        except OSError as error:
            if error.errno != errno.EIO:  # how Linux says that nobody has the terminal open any more
                raise
        finally:
            os.close(ours)
    return process.returncode, printed.decode()


DOCUMENTS = [
    path
    for path in sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
    if any(isinstance(step, Command) for step in steps_of(path))
]


@dataclass
class Reader:
    """Follows documents, each once, and goes on in the folder of the one before."""

    shelf: Path
    followed: dict[Path, Path] = field(default_factory=dict)

    def follow(self, document: Path) -> Path:
        """Do what the document says; returns the folder in which it was done."""
        if document not in self.followed:
            before = comes_after(document)
            if before:
                folder = self.follow(before)
            else:
                folder = self.shelf / document.stem
                folder.mkdir()
            for step in steps_of(document):
                self.take(step, folder)
            self.followed[document] = folder
        return self.followed[document]

    def take(self, step: Command | File, folder: Path) -> None:
        """Write the file, or run the command and compare what it prints."""
        if isinstance(step, File):
            (folder / step.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.path).write_text(step.content, encoding="utf-8")
            return
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        environment |= {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}",
            "COLUMNS": "110",
            "TERM": "dumb",
            "GOODSTANDING_POSTGRES_LINGER": "5",
        }
        code, printed = run_at_a_terminal(step.text, folder, environment)
        assert code == 0, f"$ {step.text}\n{printed}"
        lacks = missing_line(step.shown, printed)
        assert lacks is None, f"$ {step.text}\nis shown to print\n{lacks}\nbut prints\n{printed}"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with folder_in_memory() as shelf:
        yield Reader(shelf)
        for home in shelf.glob("*/goodstanding-data"):
            wait_stopped(home)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_document_can_be_followed(document: Path, reader: Reader) -> None:
    reader.follow(document)


def test_some_documents_show_commands() -> None:
    assert ROOT / "docs/tutorial.md" in DOCUMENTS


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert missing_line(("grade B", "… points"), "grade  B\n89 points\n") is None
    assert missing_line(("grade A",), "grade B\n") == "grade A"
    assert missing_line(("2", "1"), "1\n2\n") == "1"
