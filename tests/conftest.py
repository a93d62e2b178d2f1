"""What every category of tests shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings

from tests.needs import nothing_may_be_skipped, require_or_skip, required, table
from tests.servers import processes

ROOT = Path(__file__).resolve().parent.parent

# The same examples each time, so that a red run can be repeated; `HYPOTHESIS_PROFILE=deep` looks further.
settings.register_profile("quick", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data and the tables of facts that lie beside the project."""
    folder = Path(os.environ.get("GOODSTANDING_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        require_or_skip("shared", f"there is no folder {folder.name}/data beside the project")
    return folder


def _skips(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if isinstance(reporter, TerminalReporter) else []
    return [
        report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        for report in reports
    ]


def pytest_xdist_auto_num_workers() -> int:
    return processes()


def pytest_configure() -> None:
    required()  # a misspelt name is told before any test runs


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and nothing_may_be_skipped() and _skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    skips = _skips(config)
    if not skips:
        return
    terminalreporter.section("skipped")
    for line in table(skips):
        terminalreporter.write_line(line)
    if nothing_may_be_skipped():
        terminalreporter.write_line(
            "GOODSTANDING_REQUIRE=all: nothing may be skipped here, so the run fails.", red=True
        )
