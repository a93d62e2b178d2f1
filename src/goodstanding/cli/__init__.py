"""The command line: one module per noun.

Exit codes: 0 done; 1 refused, with a stable code and a remedy; 2 the words of the command are off;
3 done, and something was found (a check that failed, a grade that differs); 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import signal
import sys
import threading
from importlib import import_module

import typer

from goodstanding import __version__
from goodstanding.cli.output import show_refusal
from goodstanding.cli.usage import refusal_of
from goodstanding.core.errors import Refusal

app = typer.Typer(
    name="goodstanding",
    help="Public credit files of organisations: what was decided, why, until when, how to put it right.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_COMMANDS = (
    "demo",
    "serve",
    "intake",
    "file",
    "evaluate",
    "explain",
    "compare",
    "generate",
    "erase",
    "counter",
    "verify",
)
_NOUNS = ("rulebook", "pack", "ledger", "account", "case", "orders", "log", "succession")
_MORE = ("case_open", "case_promise")
"""Modules that add commands to a noun."""


def _version(wanted: bool) -> None:
    if wanted:
        print(f"goodstanding {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say which version."
    ),
) -> None:
    """Public credit files of organisations."""


for _name in _COMMANDS:
    _module = import_module(f"goodstanding.cli.{_name}")
    app.command(name=_name)(_module.command)
for _name in _NOUNS:
    _module = import_module(f"goodstanding.cli.{_name}")
    app.add_typer(_module.app, name=_name)
for _name in _MORE:
    import_module(f"goodstanding.cli.{_name}")


class Stopped(BaseException):
    """Ctrl-C: leaves every `with` block properly, and no library takes it for an error of its own."""


_asked = threading.Event()
"""Set once Ctrl-C was pressed."""


def _stop(_number: int, _frame: object) -> None:
    _asked.set()
    raise Stopped


def _system_said_no(error: OSError) -> Refusal:
    return Refusal(
        "GS-CLI-040",
        f"The system refused: {error.strerror or error}.",
        where=str(error.filename or ""),
        remedy="Name a file or folder that exists and that you may use; see that the disk has room.",
    )


def main() -> None:
    """Entry point: a refusal is shown as such, Ctrl-C ends quietly, a fault of ours keeps its traceback."""
    signal.signal(signal.SIGINT, _stop)
    try:
        ended = app(standalone_mode=False)
        sys.exit(ended if isinstance(ended, int) else 0)
    except typer.TyperException as error:
        off = refusal_of(error)
        if off is not None:
            show_refusal(off)
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(1)
    except Refusal as refusal:
        show_refusal(refusal)
        sys.exit(1)
    except BaseException as error:
        # A query that was stopped in the middle comes back as that library's own error.
        if isinstance(error, SystemExit):
            raise
        if not _asked.is_set():
            if not isinstance(error, OSError) or isinstance(error, BrokenPipeError):
                raise
            show_refusal(_system_said_no(error))
            sys.exit(1)
        print("Stopped; nothing is half done. Run the command again to go on.", file=sys.stderr)
        sys.exit(130)
