"""`goodstanding rulebook`: check, read and compare rulebooks; see what they carry and what their examples reach."""

from __future__ import annotations

import typer

from goodstanding.cli.rulebook import candidates, check, coverage, diff, docs, examples, listing, reproduce

app = typer.Typer(help="Check, read and compare rulebooks; see what they carry.", no_args_is_help=True)
for _name, _module in (
    ("list", listing),
    ("check", check),
    ("docs", docs),
    ("examples", examples),
    ("diff", diff),
    ("candidates", candidates),
    ("coverage", coverage),
    ("reproduce", reproduce),
):
    app.command(_name)(_module.command)
