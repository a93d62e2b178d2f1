"""A browser as people have it: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.needs import require_or_skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Root may only run it without its sandbox."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        require_or_skip("chromium", "no chromium on the path")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=arguments)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page of a desktop's size, with JavaScript."""
    yield from _page(browser.new_context(viewport={"width": 1280, "height": 900}))


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a phone's size, without JavaScript: what everyone must be able to read."""
    yield from _page(
        browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, is_mobile=True)
    )


def _page(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
