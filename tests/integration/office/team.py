"""Everyone around one case: an office with its officials, another office, the organisation, another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.ledger.models import Record, Subject
from goodstanding.office.workplace import workplace
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.models import Case
from goodstanding.procedures.steps import open_case
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import Person, person
from tests.integration.portal.conftest import DAUGHTER, MOTHER

FROM, TO = date(2020, 1, 1), date(2030, 1, 1)
LISTING = "cn/listing/market-serious"
LAW = {"instrument_1": "国家市场监督管理总局令第44号", "article_1": "2"}
SECTIONS = ("facts", "evidence", "rights", "measures", "term", "removal", "remedies")


@dataclass(frozen=True)
class Team:
    """People by what they are."""

    installation: Installation
    subject: Subject
    other: Subject
    people: dict[str, Person]
    patch: pytest.MonkeyPatch

    def on(self, day: date) -> None:
        """Move the clock of the pages."""
        self.patch.setenv("GOODSTANDING_SERVED_TODAY", day.isoformat())

    def candidate(self, subject: Subject | None = None) -> Case:
        """A case that the machine proposed."""
        about = subject or self.subject
        own = Record.objects.filter(content__subject=about)
        return open_case(
            self.installation.catalogue.procedure(LISTING, TODAY),
            about,
            workplace("cn"),
            first=Deed(Act.PROPOSE, TODAY, Party.MACHINE),
            by=Actor(Party.MACHINE),
            grounds=tuple(own),
        )


def team_over(installation: Installation, patch: pytest.MonkeyPatch) -> Team:
    """Two companies (`COMPANIES`), two county offices, the office above, and two representatives."""
    subject, other = (Subject.objects.get(identifier=one) for one in (MOTHER, DAUGHTER))
    clock = replace(installation.clock)
    people = {
        name: person(name) for name in ("clerk", "head", "above", "elsewhere", "tax", "rep", "rival", "none")
    }
    offices = (
        ("clerk", "cn/samr", "county", subject.division),
        ("head", "cn/samr", "county", subject.division),
        ("above", "cn/samr", "provincial", subject.division),
        ("elsewhere", "cn/samr", "county", other.division),
        ("tax", "cn/sta", "county", subject.division),
    )
    for name, authority, level, division in offices:
        appoint(
            people[name].account.key,
            authority,
            level=level,
            division=division,
            head=name == "head",
            from_on=FROM,
            to_on=TO,
            clock=clock,
            actor="test",
        )
    for name, about in (("rep", subject), ("rival", other)):
        mandate(people[name].account.key, about, from_on=FROM, to_on=TO, clock=clock, actor="test")
    return Team(installation, subject, other, people, patch)
