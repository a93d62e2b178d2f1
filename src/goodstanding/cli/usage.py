"""The words of a command that are off, told like everything else that is refused."""

from __future__ import annotations

import typer

from goodstanding.core.errors import Refusal

_INSIDE = "Value error, "
"""How the library that reads options begins what our own types say of a value."""
_HELP_WAS_SHOWN = "NoArgsIsHelpError"


def refusal_of(error: typer.TyperException) -> Refusal | None:
    """What is wrong, where, and where the right words stand; None where the help was shown instead."""
    if type(error).__name__ == _HELP_WAS_SHOWN:
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "goodstanding"
    return Refusal(
        "GS-CLI-094",
        f"The command cannot be read: {error.format_message().replace(_INSIDE, '')}",
        where=command,
        why="Nothing was done: a command is read as a whole before it does anything.",
        remedy=f"See {command} --help.",
    )
