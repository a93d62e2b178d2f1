"""The key that signs sessions is made once, and nobody else on the machine can read it."""

from __future__ import annotations

from pathlib import Path

from goodstanding.site.secretkey import secret_key


def test_the_home_keeps_one_key_for_its_user_alone(tmp_path: Path) -> None:
    where = {"GOODSTANDING_SERVED_HOME": str(tmp_path)}
    key = secret_key(where)
    assert len(key) >= 64 and secret_key(where) == key
    kept = [*(tmp_path / "secrets").iterdir()]
    assert [one.stat().st_mode & 0o777 for one in kept] == [0o600]


def test_a_key_that_is_named_comes_first() -> None:
    assert secret_key({"GOODSTANDING_SECRET_KEY": "mine", "GOODSTANDING_SERVED_HOME": "/nowhere"}) == "mine"
