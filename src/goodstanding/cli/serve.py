"""`goodstanding serve`: the public portal, or with `--office` the office beside it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Annotated

import typer

from goodstanding.cli.daily import each_day, telling
from goodstanding.cli.listening import answers, told_when
from goodstanding.cli.options import HOME, Home, Packs, Today, clock
from goodstanding.cli.output import errors
from goodstanding.cli.publishing import publishing
from goodstanding.cli.session import Session, session
from goodstanding.core.errors import Refusal


def command(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8000,
    office: Annotated[
        bool,
        typer.Option("--office", help="Serve the workbench of officials and the organisations' desk too."),
    ] = False,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
) -> None:
    """Serve the public portal until Ctrl-C. It reads as the reader role and cannot write.

    With --office it signs people in (see “goodstanding account”) and writes as the app role, under the same
    guards as the commands. Serve it on a port of its own, in the network of those who work with it.

    Examples:
      goodstanding serve --port 8080
      goodstanding serve --office --port 8001
    """
    refuse_taken_port(host, port)
    with session(home, clock=clock(today), packs=pack, say=_say) as opened:
        if office:
            register_packs(opened)
        serve(opened, host=host, port=port, today=today, packs=pack, office=office)


def register_packs(opened: Session) -> None:
    """Say as the owner of the database what the packs say: the process that serves the office cannot."""
    from goodstanding.measures.versions import register as register_measures
    from goodstanding.procedures.counting import calendars_of, count_by
    from goodstanding.procedures.versions import register, tell_days

    register(opened.catalogue.procedures, opened.catalogue, opened.clock)
    for name, calendar in calendars_of(opened.catalogue).items():
        count_by(name, calendar, opened.clock)
    for one in opened.catalogue.packs:
        register_measures(one, opened.catalogue, opened.clock)
    tell_days(opened.clock)


def _say(text: str) -> None:
    errors.print(text, highlight=False, markup=False, soft_wrap=True)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises GS-CLI-020 if something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                "GS-CLI-020",
                f"Port {port} of {host} cannot be listened on: {error.strerror}.",
                where=f"{host}:{port}",
                remedy="Stop what listens there, or choose another port with --port.",
            ) from None


def serve(
    opened: Session,
    *,
    host: str,
    port: int,
    today: str,
    packs: list[str] | None,
    office: bool = False,
    ready: Callable[[], bool] = lambda: True,
    tell: Callable[[], None] = lambda: None,
    stopping: Callable[[], object] = lambda: None,
) -> None:
    """Run the web server in this process's children until it is stopped.

    Args:
        ready: whether what stands beside it answers too.
        tell: called when this server and what stands beside it answer, after its own address was told.
        stopping: called at once when it is asked to stop.
    """
    from goodstanding.cli.webserver import serve_application
    from goodstanding.postgres import Role
    from goodstanding.site.databases import PREFIX, use_server

    use_server(opened.lease, Role.APP if office else Role.READER)
    os.environ.pop(PREFIX + "OWNER", None)  # whoever serves pages never has the owner's rights
    os.environ["GOODSTANDING_SERVED_HOME"] = str(opened.home.path)
    os.environ["GOODSTANDING_SERVED_OFFICE"] = "1" if office else ""
    os.environ["GOODSTANDING_SERVED_TODAY"] = today
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(packs or [])
    hosts = {"127.0.0.1", "localhost", "[::1]", host}
    os.environ.setdefault("GOODSTANDING_HOSTS", ",".join(sorted(hosts)))

    def listens() -> None:
        print(f"Serving on http://{host}:{port}/ — Ctrl-C stops.", file=sys.stderr, flush=True)
        tell()

    with ExitStack() as beside:
        beside.enter_context(told_when(lambda: answers(host, port) and ready(), listens))
        beside.enter_context(publishing(opened))
        beside.enter_context(each_day(opened.home.path, opened.clock, packs or []))
        if office:
            beside.enter_context(telling(opened.home.path, opened.clock, packs or []))
        serve_application("goodstanding.site.wsgi:application", host, port, stopping=stopping)
