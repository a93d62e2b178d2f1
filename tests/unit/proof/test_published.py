"""A log is read from any file server: that of Python's own library will do."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.proof.auditing import audit
from goodstanding.proof.published import Address, published
from tests.unit.proof.logs import Place, place


class _Quiet(SimpleHTTPRequestHandler):
    packed = False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        if self.packed:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class _Packed(_Quiet):
    packed = True


@contextmanager
def served(folder: Path, handler: type[_Quiet]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Place:
    found = place(tmp_path_factory.mktemp("served"))
    found.add(300)
    return found


@pytest.mark.parametrize("handler", [_Quiet, _Packed])
def test_a_log_is_audited_at_its_address(where: Place, handler: type[_Quiet]) -> None:
    with served(where.folder, handler) as url:
        done = audit(published(url))
        assert (done.findings, done.positions) == ([], 300)
        assert audit(Address(f"{url}/")).sound


def test_a_partial_tile_that_went_is_the_beginning_of_the_full_one(tmp_path: Path) -> None:
    """Between the time that someone reads the checkpoint and the tiles, the log may have grown."""
    where = place(tmp_path)
    where.add(100)
    note = (where.folder / "checkpoint").read_bytes()
    where.add(300)
    (where.folder / "checkpoint").write_bytes(note)
    assert (audit(where.log.folder).findings, audit(where.log.folder).positions) == ([], 100)


def test_a_server_that_does_not_answer_is_told_apart_from_a_log_that_is_wrong(where: Place) -> None:
    with served(where.folder, _Quiet) as url:
        gone = url
    with pytest.raises(Refusal) as refused:
        audit(Address(gone))
    assert refused.value.code == "GS-PROOF-021"
