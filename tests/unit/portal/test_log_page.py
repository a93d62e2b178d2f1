"""The log is published as static files, and a page says in both languages what it is and how to audit it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from goodstanding.proof.auditing import audit
from goodstanding.proof.published import Folder
from tests.unit.proof.logs import Place, place

EVERY_FILE_OF_300 = 6


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("GOODSTANDING_SERVED_HOME", str(tmp_path))
    found = place(tmp_path)
    found.add(300)
    return found


def test_what_is_served_is_what_lies_in_the_folder(where: Place, tmp_path: Path) -> None:
    client, copy = Client(headers={"host": "127.0.0.1"}), tmp_path / "fetched"
    paths = list(where.log.folder.files())
    assert len(paths) == EVERY_FILE_OF_300
    for path in paths:
        answer = client.get(f"/log/{path}")
        assert answer.status_code == 200
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(answer.content)
        kept = "no-cache" if path == "checkpoint" else "immutable"
        assert kept in answer.headers["Cache-Control"]
        kind = "text/plain; charset=utf-8" if path == "checkpoint" else "application/octet-stream"
        assert answer.headers["Content-Type"] == kind
    assert audit(Folder(copy)).sound


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/../../secrets/log-key.pem",
        "tile/0/999",
        "tile/entries/000.p/7",
        "tile/0/%2e%2e/000",
        "state.json",
    ],
)
def test_nothing_else_is(where: Place, path: str) -> None:
    assert Client(headers={"host": "127.0.0.1"}).get(f"/log/{path}").status_code == 404


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "The log holds 301 entries."), ("zh", "日志现有 301 条记录")]
)
def test_a_page_says_what_the_log_is_and_how_to_audit_it(where: Place, lang: str, said: str) -> None:
    page = Client(headers={"host": "127.0.0.1"}).get(f"/{lang}/log").content.decode()
    note = where.log.checkpoint()
    assert note is not None
    assert said in page
    assert str(note).replace("+", "&#x2B;").splitlines()[2] in page or str(note).splitlines()[2] in page
    assert "goodstanding log audit http://127.0.0.1/log --since checkpoint" in page
    for _, key in where.log.state().keys:
        assert key.id.hex() in page


def test_the_page_stands_where_there_is_no_log_or_a_broken_one(
    where: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (where.folder / "checkpoint").write_text("nothing\n")
    assert "cannot be read" in Client(headers={"host": "127.0.0.1"}).get("/en/log").content.decode()
    monkeypatch.setenv("GOODSTANDING_SERVED_HOME", str(tmp_path / "elsewhere"))
    assert "尚未签署检查点" in Client(headers={"host": "127.0.0.1"}).get("/zh/log").content.decode()
    assert Client(headers={"host": "127.0.0.1"}).get("/log/checkpoint").status_code == 404
    monkeypatch.delenv("GOODSTANDING_SERVED_HOME")
    assert Client(headers={"host": "127.0.0.1"}).get("/zh/log").status_code == 200
