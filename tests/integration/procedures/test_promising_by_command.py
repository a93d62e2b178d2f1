"""A commitment is given, and what became of an organisation is said, from the command line, by whom the law names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from goodstanding.cli import app
from goodstanding.cli.session import Session
from goodstanding.core.errors import Refusal
from goodstanding.office.accounts.making import make
from goodstanding.procedures.acting import appoint, mandate
from goodstanding.procedures.models import Case
from tests.integration.procedures.conftest import FROM, TO, Bench
from tests.integration.procedures.test_listing import DAY


def test_a_representative_promises_and_two_officials_say_that_the_company_is_gone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, clock = bench.installation, bench.at(DAY).clock
    for name in ("li", "zhao"):
        official = make(name, email=f"{name}@example.org", shown_as=name)[0].key
        place: dict[str, Any] = {"level": "county", "division": bench.subject.division}
        appoint(official, "cn/samr", **place, from_on=FROM, to_on=TO, clock=clock, actor="test")
    firm = make("firm", email="firm@example.org", shown_as="firm")[0].key
    mandate(firm, bench.subject, from_on=FROM, to_on=TO, clock=clock, actor="test")

    @contextmanager
    def opened(*_: object, **__: object) -> Iterator[Session]:
        yield Session(one.home, one.lease, one.catalogue, clock, "test")

    for module in ("case_promise", "succession"):
        monkeypatch.setattr(f"goodstanding.cli.{module}.session", opened)

    def run(*words: str) -> Any:
        result = CliRunner().invoke(app, [*words, "--today", DAY.isoformat(), "--json"])
        if result.exception is not None:
            raise result.exception
        return json.loads(result.stdout)

    file = tmp_path / "promises.yaml"
    promise = ["case", "promise", "cn/commitment/national", "--organisation", bench.subject.identifier]
    by = ["--promises", str(file), "--authority", "cn/samr", "--account"]
    for text, code in (
        ("- {how: By a visit}", "GS-CLI-070"),
        ("- {by: 2026-09-01, how: So, why: x}", "GS-CLI-070"),
        ("- {by: 2026-09-01 12:00:00, how: So, en: x}", "GS-CLI-070.*\n.*\n.*without a time"),
        ("- {by: 0001-01-01T00:00:00+14:00, how: So, en: x}", "GS-CLI-070"),
        ("- {by: 2026-09-01, how: null, en: x}", "GS-CLI-070"),
        ("- {by: 2026-09-01, how: So, en: [x]}", "GS-CLI-070"),
        ("- {by: 2026-09-01, how: So, en: x, law: 公司法}", "GS-CLI-070"),
        ("- {by: 2026-09-01, how: So, en: x, law: [[]]}", "GS-CLI-070"),
        ('- {by: 2026-09-01, how: So, "\\uD800": x}', "GS-CLI-070"),
        ("[" * 5000, "GS-CLI-070"),
        ("- x", "GS-CLI-070"),
        ("- {by: 2026-09-01, how: So, en: x\0}", "GS-CLI-070"),
        ('- {by: 2026-09-01, how: So, en: "x\\0"}', "GS-CASE-151"),
        ('- {by: 2026-09-01, how: "\\uD800", en: x}', "GS-CASE-151"),
        (f"- {{by: 2026-09-01, how: So, en: x, rulebook: {'r' * 201}}}", "GS-CASE-152"),
        (f"- {{by: 2026-09-01, how: So, en: {'x' * 2001}}}", "GS-CASE-152"),
        ("- {by: 2026-09-01, how: So, en: x}\n" * 101, "GS-CASE-153"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(Refusal, match=code):
            run(*promise, *by, "firm")
    file.write_text(
        "- {by: 2026-09-01, how: By a visit, zh: 完成整改, law: [[公司法, '20']]}", encoding="utf-8"
    )
    with pytest.raises(Refusal, match="GS-CLI-047"):
        run(*promise, *by, "li")
    with pytest.raises(Refusal, match="GS-CLI-069"):
        run(*promise, "--promises", str(file), "--authority", "cn/lenders", "--account", "firm")
    told = run(*promise, *by, "firm")
    assert (told["promises"], told["authority"]) == (1, "cn/samr")
    assert Case.objects.get().promises.get().law == [["公司法", "20"]]

    law = ["--law", "公司法; 229", "--evidence", "Notice 12", "--reason", "Wound up.", "--on", "2026-03-01"]
    gone = ["succession", "register", "dissolved", bench.subject.identifier, *law, "--authority", "cn/samr"]
    with pytest.raises(Refusal, match="GS-CLI-071"):
        run("succession", "register", "dead", *gone[3:], "--account", "li")
    for option in ("--evidence", "--reason", "--law"):
        for text, code in (("x" * 401, "GS-CASE-152"), ("x\0", "GS-CASE-151"), ("x\ud800", "GS-CASE-151")):
            with pytest.raises(Refusal, match=code):
                place_of = gone.index(option) + 1
                run(*gone[:place_of], text, *gone[place_of + 1 :], "--account", "li")
    made = run(*gone, "--account", "li")
    confirm = ["succession", "confirm", made["succession"], "--authority", "cn/samr", "--account"]
    with pytest.raises(Refusal, match="GS-CASE-134"):
        run(*confirm, "li")
    done = run(*confirm, "zhao")
    assert done["confirmed"] and [each["procedure"] for each in done["open_cases"]] == [
        "cn/commitment/national"
    ]
    assert [one["kind"] for one in run("succession", "list")] == ["dissolved"]
