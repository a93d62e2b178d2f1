"""A browser as people have it: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import django
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.needs import require_or_skip

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodstanding.site.settings")
django.setup()  # before the modules that import models

from tests.browser.site import Site, served  # noqa: E402


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        require_or_skip("chromium", "no chromium on the path")
    return program


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The portal, served as it is to everyone. Asked for after the browser is known to be there."""
    with served(tmp_path_factory.mktemp("site")) as one:
        yield one


@pytest.fixture(scope="module")
def browser(chromium: str, site: Site) -> Iterator[Browser]:
    """Chromium without a window. Root may only run it without its sandbox.

    It starts after the site and ends before it: while Playwright runs its loop in this thread, Django
    refuses to talk to a database in it.
    """
    arguments = ["--disable-gpu", "--disable-background-networking"]
    if os.geteuid() == 0:
        arguments += ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=arguments)
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
