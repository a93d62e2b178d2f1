"""A case's page as the office serves it, against its bare SQL: the same rows for the same viewer, asked without Django.

The bare SQL is one prepared statement for each thing that the page shows, by psycopg on a connection of its own, with
the permission filter, the session and the account: no page is there without signing in. Beside it stands the same as
few statements as the page itself asks, and the floor: an empty page behind the same middleware, signed in.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from goodstanding.core.clock import Clock

_SAMPLE = 100  # cases that are opened in turn, of all that there are: fewer where there are few
_ROUNDS = 5
_FAR = date(2040, 1, 1)

_MORE = """
INSERT INTO ledger_subjectname (access, item_id, subject_id, text, key, language, former, event_id)
SELECT 0, NULL, n, l.text || n, l.text || n, l.language, false, %(event)s
FROM unnest(%(cases)s::bigint[]) n CROSS JOIN (VALUES ('甲公司', 'zh'), ('Company ', 'en')) l (text, language);
INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf)
SELECT (n << 32) | g, gen_random_uuid(), (SELECT max(id) FROM ledger_source), gen_random_uuid(), 1, ''
FROM unnest(%(cases)s::bigint[]) n CROSS JOIN generate_series(2, 3) g;
INSERT INTO ledger_content (record_id, subject_id, item_id, access, decided_on, amount, currency, digest, salt, body)
SELECT (n << 32) | g, n, (SELECT min(id) FROM ledger_item), 0, DATE '2025-03-01' + g::int, 5000000, 'CNY',
    gen_random_uuid(), decode(repeat('00', 16), 'hex'),
    '{"instrument":{"article":"63","authority":"税务局","number":"税稽罚' || n || '号"}}'
FROM unnest(%(cases)s::bigint[]) n CROSS JOIN generate_series(2, 3) g;
INSERT INTO procedures_ground (case_id, record_id, event_id)
SELECT n, (n << 32) | g, %(event)s FROM unnest(%(cases)s::bigint[]) n CROSS JOIN generate_series(2, 3) g;
UPDATE procedures_step SET appointment_id = %(office)s, text = repeat('A notice says what it must. ', 120)
WHERE case_id = ANY (%(cases)s) AND number IN (2, 3);
INSERT INTO procedures_deadline (case_id, act, starts, amount, unit, last, provisional, not_counted, calendar,
    calendar_version, because, event_id)
SELECT n, a.act, DATE '2026-09-25', 5, 'working_days', DATE '2026-10-09', false,
    '[["2026-10-01", "weekend"], ["2026-10-02", "weekend"], ["2026-10-03", "weekend"], ["2026-10-04", "weekend"]]',
    'cn', '1', '', %(event)s
FROM unnest(%(cases)s::bigint[]) n CROSS JOIN (VALUES ('state'), ('decide'), ('publish')) a (act);
INSERT INTO office_draft (case_id, act, account_id, appointment_id, "values", proposed, changed_at)
SELECT n, 'publish', %(account)s, %(office)s, '{"reasons": "so"}', false, now() FROM unnest(%(cases)s::bigint[]) n;
INSERT INTO office_upload (id, case_id, account_id, title, name, size, digest, handed_in, kept_until)
SELECT gen_random_uuid(), n, %(account)s, 'Receipt', 'receipt.pdf', 8, '', now(), '2028-01-01'
FROM unnest(%(cases)s::bigint[]) n;
INSERT INTO measures_body (path, market, event_id)
SELECT path, false, %(event)s FROM unnest('{cn/samr,cn/sta,cn/mof,cn/pbc}'::text[]) path;
INSERT INTO measures_measureversion (path, digest, title, effect, executable, hits, law, processes, precedence,
    pauses_in_suit, shielded_by_plan, division, event_id)
SELECT 'bench/measure' || m, 'bench' || m, '{"en": "No tenders", "zh": "不得投标"}', 'restriction', true, 'listed',
    '[["Order", "1"]]', '["tender"]', 1, true, true, '', %(event)s FROM generate_series(1, 4) m;
INSERT INTO measures_memorandumversion (path, digest, effect, procedures, agreed, valid_from, event_id)
VALUES ('bench/memorandum', 'bench', 'restriction', '[]', '[]', '2020-01-01', %(event)s);
INSERT INTO measures_order (public_id, measure_id, memorandum_id, authority_id, subject_id, record_id, from_on, to_on,
    law, lift_amount, lift_unit, event_id)
SELECT gen_random_uuid(), m.id, (SELECT max(id) FROM measures_memorandumversion), b.id, n, (n << 32) | 1,
    '2026-01-01', '2027-06-01', '[["Order", "1"]]', 5, 'working_days', %(event)s
FROM unnest(%(cases)s::bigint[]) n CROSS JOIN measures_measureversion m JOIN measures_body b
    ON b.id %% 4 = m.id %% 4 WHERE m.path LIKE 'bench/%%';
INSERT INTO measures_report (public_id, order_id, about, done, "on", what, why, appointment_id, event_id)
SELECT gen_random_uuid(), o.id, 'carried_out', true, '2026-01-05', 'Told the hall', '', %(office)s, %(event)s
FROM measures_order o WHERE o.record_id >> 32 = ANY (%(cases)s);
INSERT INTO office_alert (id, subject_id, case_id, kind, about, detail, "on", until, tell_by, open,
    authority, division, "to", made_at)
SELECT gen_random_uuid(), n, n, 'orders', 'bench/' || n, '4', '2026-01-01', NULL, '2026-01-06', true, '', '', '', now()
FROM unnest(%(cases)s::bigint[]) n
"""

_BY_ACCOUNT = """
SELECT {0}.* FROM procedures_{1} {0} WHERE {0}.account = %(key)s AND {0}.from_on <= %(day)s AND {0}.to_on > %(day)s
AND NOT EXISTS (SELECT FROM procedures_withdrawal w WHERE w.{1}_id = {0}.id AND w."on" <= %(day)s)
"""
_KEY = "CASE WHEN {0}.account ~ '^[0-9a-f-]{{36}}$' THEN {0}.account::uuid END"
_BARE = (
    "SELECT session_data FROM django_session WHERE session_key = %(session)s AND expire_date > now()",
    "SELECT password, is_active, password_is_initial, shown_as FROM office_account WHERE id = %(account)s",
    _BY_ACCOUNT.format("a", "appointment"),
    _BY_ACCOUNT.format("m", "mandate"),
    "SELECT EXISTS (SELECT FROM mfa_authenticator WHERE user_id = %(account)s)",
    """SELECT c.*, v.path, v.digest, s.* FROM procedures_case c
    JOIN procedures_procedureversion v ON v.id = c.procedure_id JOIN ledger_subject s ON s.id = c.subject_id
    WHERE c.public_id = %(case)s AND c.authority = %(authority)s AND starts_with(c.division, %(division)s)""",
    "SELECT text, language, former FROM ledger_subjectname WHERE subject_id = %(id)s AND access <= 1 ORDER BY id",
    f"""SELECT t.id, t.number, t.act, t."on", t.party, t.outcome, t.reasons, t.basis, t.text <> '', t.served_on,
    t.served_how, t.open_until, t.effective_from, t.effective_to, t.closes, x.shown_as, y.shown_as
    FROM procedures_step t LEFT JOIN procedures_appointment a ON a.id = t.appointment_id
    LEFT JOIN office_account x ON x.id = {_KEY.format("a")}
    LEFT JOIN procedures_appointment b ON b.id = t.second_id LEFT JOIN office_account y ON y.id = {_KEY.format("b")}
    WHERE t.case_id = %(id)s ORDER BY t.number""",
    "SELECT * FROM procedures_deadline WHERE case_id = %(id)s ORDER BY id",
    """SELECT i.path, k.access, q.path, k.body, k.decided_on, k.amount, k.currency FROM procedures_ground g
    JOIN ledger_content k ON k.record_id = g.record_id JOIN ledger_item i ON i.id = k.item_id
    JOIN ledger_record r ON r.id = g.record_id JOIN ledger_source q ON q.id = r.source_id
    WHERE g.case_id = %(id)s ORDER BY g.record_id""",
    """SELECT f.act, f.proposed, u.shown_as FROM office_draft f JOIN office_account u ON u.id = f.account_id
    WHERE f.case_id = %(id)s""",
    "SELECT id, title, kept_until FROM office_upload WHERE case_id = %(id)s AND kept_until > %(day)s",
    """SELECT e.why, e.up_to, w.day, e.ground FROM procedures_forgotten e JOIN ledger_event w ON w.id = e.event_id
    WHERE e.case_id = %(id)s""",
    """SELECT a.*, d.state, d.done_at FROM office_alert a LEFT JOIN office_delivery d ON d.alert_id = a.id
    WHERE a.case_id = %(id)s ORDER BY a.made_at""",
    """SELECT o.*, m.*, b.path, l."on" FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
    JOIN measures_body b ON b.id = o.authority_id LEFT JOIN measures_lifting l ON l.order_id = o.id
    WHERE o.record_id = %(record)s""",
    """SELECT r.* FROM measures_report r JOIN measures_order o ON o.id = r.order_id WHERE o.record_id = %(record)s""",
    """SELECT p.*, v.* FROM measures_pause p LEFT JOIN measures_resumption v ON v.pause_id = p.id
    WHERE p.record_id = %(record)s""",
    """SELECT h.*, v.* FROM measures_shield h LEFT JOIN measures_resumption v ON v.shield_id = h.id
    WHERE h.subject_id = %(id)s""",
)
"""What the page shows, as a client without Django asks for it: session, account, roles, factor, then the case with
what was told of it, its orders, suits and plans.
"""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of the processor: this process and the one of the server that answers it."""

    clock: float
    processor: float | None


def _busy(server: int) -> float | None:
    """Seconds that a process has run; None where the system does not tell."""
    try:
        return int(Path(f"/proc/{server}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:
        return None


def _cost(act: Callable[[int], object], server: int, many: int) -> Cost:
    """Of one turn over all cases of the sample, for each."""
    before, own, start = _busy(server), time.process_time(), time.perf_counter()
    for place in range(many):
        act(place)
    clock, own, after = time.perf_counter() - start, time.process_time() - own, _busy(server)
    both = own + after - before if before is not None and after is not None else None
    return Cost(clock / many, both / many if both is not None else None)


def measure(dsn: str, admin_dsn: str, *, authority: str, cases: int, today: date) -> dict[str, Any]:
    """Fill what a page shows into a sample of the cases that there are, and open each, in turn with its bare SQL."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test import Client

    from goodstanding.office.accounts.making import make
    from goodstanding.office.alerts.reach import STATEMENT as TOLD
    from goodstanding.office.capacities import STATEMENT as CAPACITIES
    from goodstanding.office.casepage import case_page
    from goodstanding.office.following import STATEMENT as FOLLOWING
    from goodstanding.office.reading import STATEMENT, values_of
    from goodstanding.portal.language import Language
    from goodstanding.procedures.acting import appoint
    from goodstanding.procedures.models import Case
    from goodstanding.procedures.queries import Viewer

    account, _ = make("bench", email="bench@example.org", shown_as="An official")
    account.password_is_initial = False
    account.save()
    Authenticator.objects.create(user=account, type="totp", data={})
    office = appoint(
        account.key,
        authority,
        level="national",
        from_on=date(2020, 1, 1),
        to_on=_FAR,
        clock=Clock(today),
        actor="bench",
    )
    many = max(1, min(_SAMPLE, cases // 20))
    chosen = [2 * (1 + place * (cases // 2) // many) for place in range(many)]  # of those with all steps
    with psycopg.connect(admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        item = "INSERT INTO ledger_item (path, event_id) SELECT 'cn/tax.arrears', %(event)s"
        given = {"cases": chosen, "event": office.event_id, "office": office.pk, "account": account.pk}
        admin.execute(f"{item} WHERE NOT EXISTS (SELECT FROM ledger_item)", given)
        for statement in _MORE.split(";\n"):
            admin.execute(statement.encode(), given)
    with psycopg.connect(admin_dsn, autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(account)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    ids = dict(Case.objects.filter(pk__in=chosen).values_list("pk", "public_id"))
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
    settings.ROOT_URLCONF = "bench.floor"
    served = get_wsgi_application()
    viewer = Viewer.of(account.key, today)

    signed = {"session": session, "account": account.pk, "key": account.key, "day": today}
    places = [
        {
            **signed,
            "id": one,
            "cases": [one],
            "record": one << 32 | 1,
            "members": [one],
            "authority": authority,
            "division": "",
            **values_of(viewer, ids[one]),
        }
        for one in chosen
    ]

    def get(path: str) -> bytes:
        return _get(served, path, cookie)

    first = get(f"/en/office/cases/{ids[chosen[0]]}").decode()
    for shown in ("Company ", "税稽罚", "An official", "Receipt", "No tenders"):
        if shown not in first:
            raise SystemExit(f"the page does not show {shown}")

    with psycopg.connect(dsn, autocommit=True, prepare_threshold=0) as bare:

        def asked(statements: tuple[str, ...]) -> Callable[[int], object]:
            encoded = [one.encode() for one in statements]
            return lambda place: [bare.execute(one, places[place]).fetchall() for one in encoded]

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            ours = int(cursor.fetchone()[0])
        theirs = bare.info.backend_pid
        turns: dict[str, tuple[Callable[[int], object], int]] = {
            "bare": (asked(_BARE), theirs),
            "few": (asked((_BARE[0], CAPACITIES, STATEMENT, TOLD, FOLLOWING)), theirs),
            "read": (lambda place: case_page(ids[chosen[place]], viewer, Language.EN), ours),
            "page": (lambda place: get(f"/en/office/cases/{ids[chosen[place]]}"), ours),
            "floor": (lambda _: get("/floor"), ours),
        }
        for act, _ in turns.values():
            act(0)
        # The first round warms, and is left out.
        costs = {name: [_cost(act, pid, many)] for name, (act, pid) in turns.items()}
        for _ in range(_ROUNDS):
            for name, (act, pid) in turns.items():
                costs[name].append(_cost(act, pid, many))
    return _table({name: found[1:] for name, found in costs.items()})


def _get(served: Any, path: str, cookie: str) -> bytes:
    """What the office answers, without a web server between."""
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    response = served(environ, lambda line, _headers: status.append(line))
    body = b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise SystemExit(f"{path}: {status[0]}")
    return body


def _table(costs: dict[str, list[Cost]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, rounds in costs.items():
        found[f"case_{name}_milliseconds"] = round(statistics.median(one.clock for one in rounds) * 1000, 2)
    for name in ("page", "read", "floor"):
        for peer in ("bare", "few"):
            pairs = list(zip(costs[name], costs[peer], strict=True))
            found[f"case_{name}_times_the_{peer}"] = round(
                statistics.median(one.clock / other.clock for one, other in pairs), 2
            )
            busy = [
                one.processor / other.processor for one, other in pairs if one.processor and other.processor
            ]
            if busy:
                found[f"case_{name}_times_the_{peer}_by_the_processor"] = round(statistics.median(busy), 2)
    return found
