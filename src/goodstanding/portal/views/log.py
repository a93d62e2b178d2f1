"""The public log: its files as any file server would give them, and a page that says what it is."""

from __future__ import annotations

import os
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.proof.log import Log
from goodstanding.proof.notes import Checkpoint
from goodstanding.proof.published import CHECKPOINT
from goodstanding.proof.tiles import HEIGHT, tile_at

_NEWEST = "public, no-cache"
_FOR_EVER = "public, max-age=31536000, immutable"


def _log() -> Log:
    """The log of the home that is served.

    Raises:
        Http404: this process was not told of a home.
    """
    served = os.environ.get("GOODSTANDING_SERVED_HOME", "")
    if not served:
        raise Http404
    home = Home(Path(served))
    return Log(home.log, home.log_state)


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint; never kept without being asked for again."""
    return _file(CHECKPOINT, "text/plain; charset=utf-8", _NEWEST)


def tile(request: HttpRequest, rest: str) -> HttpResponse:
    """A tile or a bundle of entries that the checkpoint covers: only these never change."""
    path = f"tile/{rest}"
    found, size = tile_at(path), _size()
    if found is None or found.start + found.width > size >> (HEIGHT * max(found.level, 0)):
        raise Http404
    return _file(path, "application/octet-stream", _FOR_EVER)


def _size() -> int:
    """How many entries are signed; none if nothing can be read."""
    try:
        note = _log().checkpoint()
        return Checkpoint.parse(note.text).size if note else 0
    except Refusal:
        return 0


def _file(path: str, kind: str, keep: str) -> HttpResponse:
    data = _log().folder.read(path)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type=kind, headers={"Cache-Control": keep})


def log(request: HttpRequest, lang: Language) -> HttpResponseBase:
    """What the log is, its newest checkpoint and keys, and how to audit it."""
    audit = f"goodstanding log audit {request.build_absolute_uri('/log')}"
    shown: dict[str, object] = {
        "audit": f"{audit} --keep checkpoint\n{audit} --since checkpoint",
        "verify": "goodstanding verify receipt.json",
    }
    try:
        mine = _log()
        note = mine.checkpoint()
        if note is not None:
            shown |= {"checkpoint": str(note), "size": Checkpoint.parse(note.text).size}
            shown |= {"keys": [str(key) for _, key in reversed(mine.state().keys)]}
    except Http404:
        pass  # no home, no log: the page says that nothing was signed here
    except Refusal as refusal:
        shown |= {"broken": refusal.what}
    return page(request, lang, "log.html", shown, section="about")
