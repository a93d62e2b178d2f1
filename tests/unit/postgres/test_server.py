"""What is said about a DATABASE_URL that cannot work, without giving the password away."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from goodstanding.core.errors import Refusal
from goodstanding.postgres import connect_server, server


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://owner:hunter2@[127.0.0.1/x", "GS-POSTGRES-030"),
        ("postgresql://owner:hunter2@127.0.0.1:port/x", "GS-POSTGRES-031"),
        ("owner=hunter2 nonsense", "GS-POSTGRES-030"),
        ("postgresql://owner:hunter2@127.0.0.1:1/x", "GS-POSTGRES-031"),
    ],
)
def test_a_wrong_url_is_refused_without_its_password(url: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        connect_server(tmp_path, {"DATABASE_URL": url})
    assert refused.value.code == code
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("version", [90600, 140011])
def test_a_server_before_15_is_refused(version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Info:
        server_version = version

    class Old:
        info = Info()

        def __enter__(self) -> Old:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to close."""

    def connect(*_: object, **__: object) -> Old:
        return Old()

    monkeypatch.setattr(psycopg, "connect", connect)
    with pytest.raises(Refusal) as refused:
        connect_server(tmp_path, {"DATABASE_URL": "postgresql://owner@127.0.0.1/x"})
    assert refused.value.code == "GS-POSTGRES-032"
    assert f"PostgreSQL {version // 10000}" in refused.value.what


def test_the_oldest_version_is_the_one_that_is_promised() -> None:
    assert server.OLDEST == 15
