"""Take the pictures of docs/images: the two stories of the demo, seen in a browser on their days.

    python -m tools.pictures docs/images

Makes a small province in a folder of its own, plays the stories, and after some of their scenes looks at the page
that shows the scene, as the account that may. Needs Chromium on the path, and Playwright.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, sync_playwright

from tools.palette import with_palette

if TYPE_CHECKING:
    from goodstanding.cli.demo.people import Person
    from goodstanding.cli.demo.story import Scene
    from goodstanding.cli.session import Session

DAY = date(2026, 3, 31)
FILES = {
    "registration.csv": "cn/registration",
    "findings.csv": "cn/findings",
    "penalties-market.csv": "cn/penalties",
    "grading-inputs.csv": "cn/grading-inputs",
    "tax-evaluation.csv": "cn/tax-matters",
    "tax-matters.csv": "cn/tax-matters",
}
LISTS = ("market-serious", "tax-major", "wage-arrears")
"""Lists whose cases stand in the queues."""
DESKTOP, PHONE = (1280, 860), (390, 844)


@dataclass(frozen=True)
class Picture:
    """What is taken after a scene: of which story, whose account, which part of which page."""

    name: str
    of: str
    after: str
    size: tuple[int, int] = DESKTOP
    see: str = ""
    as_: str = ""
    at: str = ""


PICTURES = (
    Picture("case-2-candidate", "upheld", "It proposes"),
    Picture("case-3-notice", "upheld", "The notice is served", see="{see}/documents/3", as_="official"),
    Picture("case-4-desk", "upheld", "The notice is served", size=PHONE),
    Picture("case-5-disputed", "upheld", "The record is marked", see="/en/file/{subject}", at="#entries"),
    Picture(
        "case-6-closed",
        "upheld",
        "The decision is served",
        see="/en/office/cases/{case}",
        as_="official",
        at="ol.plain > li:last-child",
    ),
    Picture("case-7-listed", "listed", "The entry is published", see="/en/file/{subject}"),
    Picture(
        "case-8-counter",
        "listed",
        "Asked before tender 2",
        see="/en/office/counter/{question}",
        as_="counter",
    ),
    Picture("case-9-lifted", "listed", "The entry ends", see="/en/file/{subject}"),
    Picture(
        "case-10-nothing",
        "listed",
        "Asked before tender 3",
        size=PHONE,
        see="/zh/office/counter/{question}",
        as_="counter",
    ),
)
AT_THE_END = (
    Picture("case-1-queue", "", "", see="/en/office/", as_="colleague"),
    Picture("file-page", "", "", size=(1180, 1240), see="/en/file/{graded}"),
)
"""What is taken on the last day, when more cases have been played."""
NO_SCENE = "the province on the last day"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: Any) -> None:
        """Nothing."""


@contextmanager
def office() -> Iterator[str]:
    """The office's pages in this process, whose day can be moved."""
    from goodstanding.site.wsgi import application

    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def main(folder: Path) -> None:
    """Play, and take the pictures into a folder."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("no chromium on the path")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright's loop runs in this thread, and Django works here too
    )
    with tempfile.TemporaryDirectory() as scratch, played(Path(scratch) / "home") as (opened, people):
        from goodstanding.cli.demo.listings import SETS, play_sets
        from goodstanding.cli.demo.playing import stagehand
        from goodstanding.cli.demo.records import play_objections, play_repairs
        from goodstanding.cli.demo.story import Scene, Stories

        arguments = ["--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage"]
        with office() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=arguments)
            camera = Camera(browser, address, folder, people)
            stage = stagehand(opened, DAY)
            Stories(opened, stage, camera.look).play()
            play_sets(opened, stage, tuple(one for one in SETS if one.ago < 60 and one.list_id in LISTS))
            play_objections(stage)
            play_repairs(stage)
            for one in AT_THE_END:
                camera.take(one, Scene("", DAY, "", NO_SCENE, ""))
            browser.close()


@contextmanager
def played(home: Path) -> Iterator[tuple[Session, dict[str, Person]]]:
    """A small province with the files that the stories need, graded once."""
    from goodstanding.cli.session import session
    from goodstanding.core.clock import Clock
    from goodstanding.core.home import Home
    from goodstanding.generator import generate_province

    os.environ |= {
        "GOODSTANDING_SERVED_HOME": str(Home.open(home).path),
        "GOODSTANDING_SERVED_OFFICE": "1",
        "GOODSTANDING_SERVED_TODAY": DAY.isoformat(),
        "GOODSTANDING_HOSTS": "127.0.0.1",
    }
    clock = Clock(DAY)
    with session(home, clock=clock, packs=["cn"]) as opened:
        from goodstanding.cli.demo.people import people_of
        from goodstanding.ledger.taking_in import take_in
        from goodstanding.standing.running import run_rulebook

        made = home / "province"
        generate_province(made, organisations=2000, records=20_000, seed=2026, today=DAY)
        for name, contract in FILES.items():
            contract_ = opened.catalogue.contract(contract)
            take_in(made / name, contract_, opened.catalogue, home=opened.home, clock=clock, actor="demo")
        run_rulebook(
            "cn/tax-credit", on=DAY, catalogue=opened.catalogue, home=opened.home, clock=clock, actor="demo"
        )
        yield opened, people_of(opened.home.path)


@dataclass
class Camera:
    """Looks at pages after the scenes that are wanted."""

    browser: Browser
    address: str
    folder: Path
    people: dict[str, Person]

    def look(self, scene: Scene) -> None:
        """Take the pictures that come after a scene."""
        for one in PICTURES:
            if one.of == scene.of and scene.what.startswith(one.after):
                self.take(one, scene)

    def take(self, picture: Picture, scene: Scene) -> None:
        """One picture, on the day of its scene."""
        os.environ["GOODSTANDING_SERVED_TODAY"] = scene.on.isoformat()
        width, height = picture.size
        context = self.browser.new_context(viewport={"width": width, "height": height})
        name = picture.as_ or ("" if picture.see.startswith("/en/file") else scene.as_)
        if name:
            context.add_cookies([{"name": "sessionid", "value": self._session(name), "url": self.address}])
        page = context.new_page()
        page.goto(self.address + self._path(picture, scene))
        if picture.at:
            page.locator(picture.at).scroll_into_view_if_needed()
        (self.folder / f"{picture.name}.png").write_bytes(with_palette(page.screenshot()))
        context.close()
        sys.stdout.write(f"{picture.name}.png  {scene.on}  {scene.what}\n")

    def _path(self, picture: Picture, scene: Scene) -> str:
        from goodstanding.measures.models import Question
        from goodstanding.procedures.models import Case
        from goodstanding.standing.models import Assessment

        last = Question.objects.order_by("-pk").first()
        graded = Assessment.objects.filter(grade__in="BCD").order_by("grade", "subject_id").first()
        listing = Case.objects.filter(kind="listing").order_by("-pk")[0]
        return (picture.see or scene.see).format(
            see=scene.see.replace("/desk/", "/office/") if "documents" in picture.see else scene.see,
            subject=listing.subject.public_id,
            case=listing.public_id,
            question=last.public_id if last else "",
            graded=graded.subject.public_id if graded else "",
        )

    def _session(self, name: str) -> str:
        """The key of a session of an account, which is signed in as the office would."""
        from django.test import Client

        from goodstanding.office.models import Account

        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(Account.objects.get(pk=self.people[name].key))
        return client.cookies["sessionid"].value


if __name__ == "__main__":
    main(Path(sys.argv[1]))
