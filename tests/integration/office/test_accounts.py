"""Accounts: made by the operator alone, with a password of their holder's and a second factor."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from psycopg import errors

from goodstanding.core.errors import Refusal
from goodstanding.office.accounts.attempts import Attempts
from goodstanding.office.accounts.making import appointed, make, named, reset, role_with
from goodstanding.office.models import Account, Attempt
from goodstanding.postgres import Role
from goodstanding.procedures.acting import withdraw
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.queries import Viewer
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import Person, code_now, factors, person, text_of

LOGIN, PASSWORD, FACTOR = "/account/login/", "/account/password/", "/account/factor/totp/"
AGAIN = "/account/reauthenticate/"
CHOSEN = "a long road to the harbour"


def test_a_first_password_leads_only_to_the_choice_of_another(office: Installation) -> None:
    account, first = make("li.wei", email="li.wei@example.org", shown_as="Li Wei")
    browser = Client(SERVER_NAME="localhost")
    assert browser.post(LOGIN, {"login": "li.wei", "password": first}).status_code == 302
    assert browser.get("/office/").headers["Location"] == PASSWORD
    sent = {"oldpassword": first, "password1": "short", "password2": "short"}
    assert "At least 12 characters." in text_of(browser.post(PASSWORD, sent))
    assert browser.post(PASSWORD, {**sent, "password1": CHOSEN, "password2": CHOSEN}).status_code == 302
    account.refresh_from_db()
    assert not account.password_is_initial
    assert "may do nothing today" in text_of(browser.get("/office/"))


def test_nobody_registers_and_no_password_is_mailed(office: Installation) -> None:
    browser = Client(SERVER_NAME="localhost")
    for path in ("signup/", "password/reset/", "email/", "login/code/", "factor/webauthn/"):
        assert browser.get(f"/account/{path}").status_code in (301, 302, 404)
        assert not Account.objects.exists()
    assert "nobody can register" in text_of(browser.get(LOGIN))
    assert "不开放注册" in text_of(browser.get(f"{LOGIN}?lang=zh"))


def test_the_second_factor_is_asked_for_and_lies_encrypted(office: Installation) -> None:
    one = person("zhao", factor=False)
    one.account.set_password(CHOSEN)
    one.account.save()
    one = Person(one.account, Client(SERVER_NAME="localhost"))
    assert one.post(LOGIN, login="zhao", password=CHOSEN).status_code == 302
    assert one.get(FACTOR).headers["Location"].startswith(AGAIN), "who sets a factor says again who it is"
    assert one.post(AGAIN, password=CHOSEN).status_code == 302
    page = text_of(one.get(FACTOR))
    found = re.search(r"Key: (\w{32})", page)
    assert found is not None
    assert "not the code of this moment" in text_of(one.post(FACTOR, code="000000"))
    assert one.post(FACTOR, code=code_now(found.group(1))).status_code == 302
    kept = Authenticator.objects.get(user=one.account, type="totp").data
    assert found.group(1) not in str(kept)
    browser = Client(SERVER_NAME="localhost")
    after = browser.post(LOGIN, {"login": "zhao", "password": CHOSEN})
    assert after.headers["Location"].startswith("/account/factor/authenticate/")
    assert "_auth_user_id" not in browser.session, "a password alone signs nobody in"
    browser.post("/account/factor/authenticate/", {"code": code_now(found.group(1))})
    assert browser.session["_auth_user_id"] == one.account.key
    own = browser.get("/account/factor/")
    assert "zhao" in text_of(own) and "Official zhao" in text_of(own)
    assert "Sign out" in own.content.decode() and "Sign in" not in own.content.decode()


def test_attempts_to_sign_in_are_limited(office: Installation) -> None:
    make("qian", email="qian@example.org", shown_as="Qian")
    browser = Client(SERVER_NAME="localhost")
    said = [browser.post(LOGIN, {"login": "qian", "password": f"guess {n}"}) for n in range(12)]
    assert "do not belong together" in said[0].content.decode()
    assert "Too many attempts" in said[-1].content.decode()


def test_a_session_lies_in_the_database_and_its_cookie_is_for_tls_alone(office: Installation) -> None:
    _, first = make("sun", email="sun@example.org", shown_as="Sun")
    browser = Client(SERVER_NAME="localhost")
    browser.post(LOGIN, {"login": "sun", "password": first})
    cookie = browser.cookies["sessionid"]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    Client(SERVER_NAME="localhost").post(LOGIN, {"login": "sun", "password": first})
    assert Session.objects.count() == 1, "the one that was over is gone"
    refused = Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(LOGIN, {"login": "sun"})
    assert refused.status_code == 403
    assert "too old" in refused.content.decode()


def test_a_reset_takes_the_old_password_and_the_second_factor(office: Installation) -> None:
    one = person("wu")
    first = reset(named("wu"))
    assert factors(one.account) == 0
    assert one.get("/office/").status_code == 302, "the session ended with its password"
    browser = Client(SERVER_NAME="localhost")
    assert browser.post(LOGIN, {"login": "wu", "password": first}).status_code == 302


def test_names_and_addresses_are_taken_once(office: Installation) -> None:
    make("zhou", email="zhou@example.org", shown_as="Zhou")
    for name, email in (
        ("zhou", "a@example.org"),
        ("b", "zhou@example.org"),
        ("c d", "c@example.org"),
        ("e", "e"),
    ):
        with pytest.raises(Refusal, match="GS-OFFICE-001"):
            make(name, email=email, shown_as=name)
    with pytest.raises(Refusal, match="GS-OFFICE-002"):
        named("nobody")


def test_an_appointment_names_the_account_by_its_key_and_can_be_ended(office: Installation) -> None:
    account, _ = make("zheng", email="zheng@example.org", shown_as="Zheng")

    def place(authority: str, level: str, division: str) -> Appointment:
        return appointed(
            account,
            authority,
            level=level,
            division=division,
            head=True,
            term=(TODAY, date(2027, 1, 1)),
            catalogue=office.catalogue,
            clock=office.clock,
            actor="test",
        )

    for authority, level, division, code in (
        ("cn/nobody", "county", "990105", "005"),
        ("cn/samr", "county", "9901", "006"),
        ("cn/samr", "village", "990105", "006"),
    ):
        with pytest.raises(Refusal, match=f"GS-OFFICE-{code}"):
            place(authority, level, division)
    made = place("cn/samr", "county", "990105")
    assert made.account == account.key and "zheng" not in made.account
    assert Viewer.of(account.key, TODAY).appointments == (made,)
    withdraw(role_with(made.public_id), on=TODAY, reason="Left", clock=office.clock, actor="test")
    assert Viewer.of(account.key, TODAY).appointments == ()
    with pytest.raises(Refusal, match="GS-OFFICE-008"):
        role_with(made.public_id)


@pytest.mark.parametrize(
    "table", ["office_account", "django_session", "mfa_authenticator", "account_emailaddress"]
)
def test_the_reader_of_the_public_pages_sees_no_account(office: Installation, table: str) -> None:
    with office.connect(Role.READER) as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute(f"SELECT * FROM {table}")


def test_the_count_of_attempts_outlives_the_process_and_names_nobody(office: Installation) -> None:
    make("qian", email="qian@example.org", shown_as="Qian")

    def guess(number: int) -> str:
        browser = Client(SERVER_NAME="localhost", REMOTE_ADDR="198.51.100.7")
        said = browser.post(LOGIN, {"login": "qian", "password": f"guess {number}"})
        caches["default"] = Attempts("", {})  # what another process, or this one started again, begins with
        return said.content.decode()

    said = [guess(number) for number in range(12)]
    assert "do not belong together" in said[0]
    assert "Too many attempts" in said[-1]
    kept = str(list(Attempt.objects.values()))
    assert kept != "[]" and "qian" not in kept and "198.51.100.7" not in kept


def test_of_two_processes_that_count_at_once_one_waits_and_what_is_over_goes(office: Installation) -> None:
    one, other = Attempts("", {}), Attempts("", {})
    assert one.add("lock", True, 10) and not other.add("lock", True, 10)
    assert one.delete("lock") and other.add("lock", True, 10)
    one.set("history", [1.5], None)
    assert other.get("history") == [1.5]
    Attempt.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert other.get("history", []) == []
    assert one.add("lock", True, 10)
    assert Attempt.objects.count() == 1


def test_nobody_but_who_signs_people_in_sees_attempts(office: Installation) -> None:
    with office.connect(Role.READER) as reader, pytest.raises(errors.InsufficientPrivilege):
        reader.execute("SELECT FROM office_attempt")
    with office.connect(Role.APP) as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute("TRUNCATE office_attempt")
