"""An alert in words, for mail, and as data, for a webhook. Put together when it is sent, from what stands then.

No person's name is in either, and no text of a document: whoever wants to read it signs in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from goodstanding.catalogue.acts import TITLES
from goodstanding.catalogue.procedure import Act
from goodstanding.ledger.models import Content
from goodstanding.office.models import Alert
from goodstanding.office.naming import authority_text, memorandum_text, subject_names
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.wording import named, word
from goodstanding.portal.written import day
from goodstanding.procedures.effects import reference

_OF_ACTS = ("step", "term", "moved", "near", "late", "by_law", "check")
_OF_ITEMS = ("record", "ended")
_OF_MEMORANDA = ("repealed", "memorandum")
_OF_OFFICES = ("ordered", "to_lift")
_OF_RESTS = ("rests", "resumed")


@dataclass(frozen=True)
class Said:
    """The subject line and the text of a mail."""

    subject: str
    text: str


def gone(alert: Alert) -> bool:
    """Whether the record that it is about was erased since: nothing is said of it then."""
    if not alert.about.startswith("record:"):
        return False
    return not Content.objects.filter(pk=int(alert.about.removeprefix("record:"))).exists()


def headline(alert: Alert, lang: Language) -> str:
    """What happened, in one sentence."""
    what = alert.detail
    if alert.kind in _OF_ACTS:
        what = lang.of(TITLES[Act(alert.detail)])
    elif alert.kind in _OF_ITEMS:
        item = shelf.item_at(alert.detail)
        what = lang.of(item.title) if item else alert.detail
    elif alert.kind in _OF_MEMORANDA:
        what = memorandum_text(alert.detail, lang)
    elif alert.kind in _OF_OFFICES:
        number, _, memorandum = alert.detail.partition(" ")
        what = f"{number} ({memorandum_text(memorandum, lang)})" if memorandum else number
    elif alert.kind == "unlifted":
        number, _, told = alert.detail.partition(" ")
        what = f"{number} ({named(lang, 'follow.told.', told)})"
    elif alert.kind in _OF_RESTS:
        rest, _, more = alert.detail.partition(" ")
        what = f"{named(lang, 'rests.kind.', rest)} {_of_rest(more, lang)}".strip()
    until = day(alert.until, lang) if alert.until else "—"
    return word(lang, f"alert.{alert.kind}", what=what, on=day(alert.on, lang), until=until)


def _of_rest(more: str, lang: Language) -> str:
    """That a decision was stayed, or how a suit or a plan ended; nothing where nothing more is known."""
    if more == "stayed":
        return word(lang, "rests.stayed")
    return named(lang, "rests.outcome.", more) if more else ""


def whom(alert: Alert, lang: Language) -> str:
    """The organisation that an alert is about, or the authority whose orders it is about."""
    if alert.subject is None:
        return authority_text(alert.authority, lang)
    return subject_names(lang, [alert.subject.pk]).get(alert.subject.pk, alert.subject.identifier)


def in_words(alert: Alert, lang: Language) -> Said:
    """The mail about an alert."""
    key = f" ({alert.subject.identifier})" if alert.subject else ""
    lines = [f"{whom(alert, lang)}{key}", "", headline(alert, lang)]
    if alert.until:
        lines += ["", word(lang, "alert-mail.until", day=day(alert.until, lang))]
    if alert.case is not None:
        lines += [
            "",
            word(lang, "alert-mail.case", reference=reference(alert.case), case=alert.case.public_id),
        ]
    lines += ["", word(lang, "alert-mail.foot"), str(alert.pk)]
    return Said(
        f"{word(lang, 'site.name')}{word(lang, 'colon')}{headline(alert, lang)}", "\n".join(lines) + "\n"
    )


def as_data(alert: Alert, delivery: UUID) -> bytes:
    """The body of a webhook's request; `id` is the same each time that the delivery is tried."""
    told = {
        "id": str(delivery),
        "alert": str(alert.pk),
        "kind": alert.kind,
        "what": alert.detail,
        "organisation": (
            {"scheme": alert.subject.scheme, "identifier": alert.subject.identifier}
            if alert.subject
            else None
        ),
        "file": str(alert.subject.public_id) if alert.subject else None,
        "authority": alert.authority or None,
        "case": str(alert.case.public_id) if alert.case else None,
        "on": alert.on.isoformat(),
        "until": alert.until.isoformat() if alert.until else None,
        "text": {one.value: headline(alert, one) for one in Language},
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def code_in_words(code: str, lang: Language) -> Said:
    """The mail that confirms a mailbox."""
    text = word(lang, "alert-mail.code", code=code)
    what = word(lang, "alert-mail.code-subject")
    return Said(f"{word(lang, 'site.name')}{word(lang, 'colon')}{what}", text + "\n")


def code_as_data(code: str, delivery: UUID) -> bytes:
    """The request that confirms a webhook."""
    return json.dumps({"id": str(delivery), "kind": "confirm", "code": code}, sort_keys=True).encode()
