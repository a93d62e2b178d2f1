"""`goodstanding serve`: the public portal."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer

from goodstanding.cli.options import HOME, Home, Packs, Today, clock
from goodstanding.cli.output import errors
from goodstanding.cli.session import Session, session
from goodstanding.core.errors import Refusal


def command(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8000,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
) -> None:
    """Serve the public portal until Ctrl-C. It reads as the reader role and cannot write.

    Example: goodstanding serve --port 8080
    """
    refuse_taken_port(host, port)
    with session(home, clock=clock(today), packs=pack, say=_say) as opened:
        serve(opened, host=host, port=port, today=today, packs=pack)


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


def serve(opened: Session, *, host: str, port: int, today: str, packs: list[str] | None) -> None:
    """Run the web server in this process's children until it is stopped."""
    from goodstanding.cli.webserver import serve_application
    from goodstanding.postgres import Role
    from goodstanding.site.databases import use_server

    use_server(opened.lease, Role.READER)
    os.environ["GOODSTANDING_SERVED_HOME"] = str(opened.home.path)
    os.environ["GOODSTANDING_SERVED_TODAY"] = today
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(packs or [])
    hosts = {"127.0.0.1", "localhost", "[::1]", host}
    os.environ.setdefault("GOODSTANDING_HOSTS", ",".join(sorted(hosts)))
    print(f"Serving on http://{host}:{port}/ — Ctrl-C stops.", file=sys.stderr, flush=True)
    serve_application("goodstanding.site.wsgi:application", host, port)
