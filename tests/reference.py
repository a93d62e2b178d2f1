"""Makes the pages of docs/reference that can be read off the sources: `make reference`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from goodstanding.intake.rules import REMEDIES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src/goodstanding"
REFERENCE = ROOT / "docs/reference"

_CODE = re.compile(r"GS-[A-Z]+-\d{3}")
_IN_SQL = re.compile(r"'(GS-[A-Z]+-\d{3}): ([^'\n]*)'")
# Which argument says what is wrong. In the room of rules, some of these make the code from a number.
_SAYS = {"Refusal": 1, "refusal": 1, "invalid": 1, "finding": 2, "Finding": 2, "findings_of": 2, "Check": 2}

_ERRORS = """# Errors

Every error that you can meet has a code that does not change. It comes with what is wrong, where, why, and what to do.
Here is what each says; `…` stands for what differs. `make reference` makes this page from the sources.
"""

_ROWS = """## Rows of a file

A row that does not load is reported with one of these rules, or with the name of a refusal of its contract. Faults of
identifiers are called `identifier-…`.
"""

_COMMANDS = """# Commands

`goodstanding --help` and `goodstanding <command> --help` say the same. At a terminal, commands print words and
tables; piped, or with `--json`, they print JSON. Progress and remarks go to the error stream. `make reference` makes
this page.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | refused: an error with a [code](errors.md), and what to do |
| 2 | the words of the command are off |
| 3 | done, and something was found: a check that failed, a grade that differs |
| 130 | stopped with Ctrl-C |
"""


def codes() -> dict[str, list[str]]:
    """What is said with each code, in the order of the codes."""
    found: dict[str, list[str]] = {}
    for code, text in _in_sources():
        said = found.setdefault(code, [])
        if text and text not in said:
            said.append(text)
    return dict(sorted(found.items()))


def _in_sources() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCES.rglob("*.sql")):
        for code, said in _IN_SQL.findall(path.read_text(encoding="utf-8")):
            yield code, said.replace("%", "…")
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield from ((code, "") for code in _CODE.findall(text))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and node.args:
                yield from _in_call(node, numbered="rules" in path.relative_to(SOURCES).parts)


def _in_call(call: ast.Call, *, numbered: bool) -> Iterator[tuple[str, str]]:
    first, says = call.args[0], _SAYS.get(ast.unparse(call.func))
    if not isinstance(first, ast.Constant) or says is None or len(call.args) <= says:
        return
    if isinstance(first.value, str) and _CODE.fullmatch(first.value):
        yield first.value, _words(call.args[says])
    elif isinstance(first.value, int) and numbered:
        yield f"GS-RULES-{first.value:03d}", _words(call.args[says])


def _words(node: ast.expr) -> str:
    """The text of a literal, with `…` for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_words(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            return _words(left) + _words(right)
    return "…"


def errors_page() -> str:
    """docs/reference/errors.md."""
    lines, room = [_ERRORS], ""
    for code, said in codes().items():
        if code.split("-")[1] != room:
            room = code.split("-")[1]
            lines.append(f"\n## {room.capitalize()}\n\n| code | says |\n| --- | --- |")
        lines.append(f"| `{code}` | {_cell(' · '.join(one for one in said if one != '…') or '…')} |")
    lines.append(f"\n{_ROWS}\n| rule | what to do |\n| --- | --- |")
    lines += [f"| `{rule}` | {_cell(remedy)} |" for rule, remedy in REMEDIES.items()]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def commands_page() -> str:
    """docs/reference/commands.md."""
    from goodstanding.cli import app

    lines = [_COMMANDS]
    top = typer.main.get_group(app)
    for full, one in _each_command("", top):
        lines.append(f"## goodstanding{full}\n\n{_help(one.help or '')}\n\n| | |\n| --- | --- |")
        for parameter in one.params:
            if parameter.name != "help":
                lines.append(f"| {_parameter(parameter)} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _each_command(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Every command below one, with its full name; one that only holds others is none."""
    inner = getattr(command, "commands", None)
    if not inner:
        yield name, command
        return
    for sub, one in inner.items():
        yield from _each_command(f"{name} {sub}", one)


def coverage_page() -> str:
    """docs/reference/coverage.md: what the rulebooks of the pack of China carry."""
    from goodstanding.catalogue.loading import load_pack
    from goodstanding.cli.rulebook.coverage import page

    return page(load_pack("cn"))


def _help(text: str) -> str:
    said, *examples = re.split(r"^ *Examples?:", text, maxsplit=1, flags=re.MULTILINE)
    lines = [line.strip() for line in "".join(examples).splitlines() if line.strip()]
    return said.strip() + ("\n\n```sh\n" + "\n".join(lines) + "\n```" if lines else "")


def _parameter(parameter: Any) -> str:
    argument = parameter.param_type_name == "argument"
    name = str(parameter.name).upper() if argument else ", ".join(parameter.opts)
    return f"`{name}` | {_cell(parameter.help or '')}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    (REFERENCE / "errors.md").write_text(errors_page(), encoding="utf-8")
    (REFERENCE / "commands.md").write_text(commands_page(), encoding="utf-8")
    (REFERENCE / "coverage.md").write_text(coverage_page(), encoding="utf-8")
