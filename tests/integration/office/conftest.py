"""The office over an installation, and people with accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.test import Client, override_settings

from goodstanding.office.accounts.making import make
from goodstanding.office.models import Account
from goodstanding.postgres import Lease
from tests.integration.installation import TODAY, Installation, Template, installed
from tests.integration.office.companies import COMPANIES

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Person:
    """One who is signed in, with a browser of their own."""

    account: Account
    client: Client

    def get(self, path: str) -> HttpResponse:
        """A page, or what is there instead."""
        return cast("HttpResponse", self.client.get(path))

    def post(self, path: str, **values: object) -> HttpResponse:
        """A form sent."""
        return cast("HttpResponse", self.client.post(path, values))

    def read(self, path: str) -> str:
        """What stands in the main part of a page that is there, without its tags."""
        return text_of(self.get(path))


def text_of(response: HttpResponseBase) -> str:
    """The main part of a page, without its tags."""
    assert response.status_code == 200, response.status_code
    found = re.search(r"<main.*</main>", cast("HttpResponse", response).content.decode(), re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())


def person(name: str, *, factor: bool = True, settled: bool = True) -> Person:
    """An account that is signed in, past its first password, with a second factor unless told otherwise."""
    account, _ = make(name, email=f"{name}@example.org", shown_as=f"Official {name}")
    if settled:
        account.password_is_initial = False
        account.save()
    if factor:
        TOTP.activate(account, SECRET)
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    return Person(account, client)


def code_now(secret: str = SECRET) -> str:
    """What an authenticator app shows."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def factors(account: Account) -> int:
    """How many second factors an account has."""
    return int(Authenticator.objects.filter(user=account).count())


class Quick(PBKDF2PasswordHasher):
    """Keeps passwords as Django does, so that any process can compare them, but in no time: nobody guesses these."""

    iterations = 1


@contextmanager
def office_over(installation: Installation) -> Iterator[Installation]:
    """The pages of the office, as the process serves them that signs people in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOODSTANDING_SERVED_TODAY", TODAY.isoformat())
        patch.setenv("GOODSTANDING_SERVED_HOME", str(installation.home.path))
        with override_settings(
            ROOT_URLCONF="goodstanding.site.office_urls",
            SECRET_KEY="a key of this test",
            PASSWORD_HASHERS=[f"{__name__}.Quick"],
        ):
            cache.clear()
            yield installation


@pytest.fixture
def with_companies(server: Lease, template: Template, tmp_path: Path) -> Iterator[Installation]:
    """The office over two companies with a penalty each."""
    with installed(server, template, tmp_path, COMPANIES) as one, office_over(one):
        yield one


@pytest.fixture
def office(installation: Installation) -> Iterator[Installation]:
    """The office over an empty ledger of this test's own."""
    with office_over(installation) as one:
        yield one
