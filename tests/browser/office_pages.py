"""Every page of the process that serves the office, in each of its states: who looks, and at which address.

The names are those of the addresses in `site/office_urls.py`, so that a page that is new there is missed here.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PAGES: dict[str, list[tuple[str, str]]] = {
    "account_login": [("", "/account/login/?lang=zh"), ("", "/account/login/")],
    "account_logout": [("clerk", "/account/logout/")],
    "account_inactive": [("", "/account/inactive/")],
    "account_change_password": [("clerk", "/account/password/")],
    "mfa_index": [("clerk", "/account/factor/"), ("newcomer", "/account/factor/")],
    "mfa_activate_totp": [("newcomer", "/account/factor/totp/")],
    "mfa_deactivate_totp": [("careful", "/account/factor/totp/end/")],
    "mfa_view_recovery_codes": [("careful", "/account/factor/codes/")],
    "mfa_generate_recovery_codes": [("careful", "/account/factor/codes/new/")],
    "account_reauthenticate": [("clerk", "/account/reauthenticate/")],
    "mfa_reauthenticate": [("clerk", "/account/factor/reauthenticate/")],
    "office_entrance": [("clerk", "/office/"), ("rep", "/office/?lang=zh"), ("none", "/office/")],
    "office:queue": [
        ("clerk", "/en/office/"),
        ("clerk", "/zh/office/?over=1"),
        ("clerk", "/en/office/?kind=repair"),
    ],
    "office:history": [("head", "/en/office/history/"), ("head", "/zh/office/history/?what=account")],
    "desk:history": [("rep", "/en/desk/history/"), ("rep", "/zh/desk/history/")],
    "office:alerts": [("keeper", "/en/office/alerts/"), ("clerk", "/zh/office/alerts/")],
    "office:counter": [("keeper", "/en/office/counter/"), ("clerk", "/zh/office/counter/")],
    "office:answer": [
        ("keeper", "/en/office/counter/{question}"),
        ("keeper", "/zh/office/counter/{question}"),
    ],
    "office:case": [
        *(
            ("clerk", f"/en/office/cases/{{{one}}}")
            for one in ("candidate", "drafted", "ready", "proposed", "listed", "closed")
        ),
        ("clerk", "/zh/office/cases/{noticed}"),
        ("clerk", "/en/office/cases/{promised}"),
        ("keeper", "/en/office/cases/{objection}"),
    ],
    "office:successions": [("clerk", "/en/office/successions/"), ("head", "/zh/office/successions/")],
    "office:succession": [
        ("clerk", "/en/office/successions/{merger}"),
        ("head", "/zh/office/successions/{merger}"),
    ],
    "office:rest": [
        ("clerk", "/en/office/cases/{listed}/rests"),
        ("clerk", "/zh/office/cases/{listed}/rests"),
    ],
    "office:over": [("clerk", "/en/office/cases/{listed}/rests/{stay}")],
    "office:document": [("clerk", "/en/office/cases/{noticed}/documents/3")],
    "office:act": [
        ("clerk", "/en/office/cases/{candidate}/review"),
        ("clerk", "/en/office/cases/{drafted}/notify"),
        ("clerk", "/zh/office/cases/{noticed}/hold_hearing"),
        ("clerk", "/zh/office/cases/{promised}/keep"),
        ("clerk", "/en/office/cases/{ready}/decide"),
        ("clerk", "/en/office/cases/{proposed}/decide"),
        ("head", "/en/office/cases/{proposed}/decide"),
        ("keeper", "/zh/office/cases/{objection}/mark"),
    ],
    "desk:home": [("rep", "/en/desk/"), ("rep", "/zh/desk/?over=1")],
    "desk:organisation": [
        ("rep", "/en/desk/organisations/{company}"),
        ("rep", "/zh/desk/organisations/{company}"),
    ],
    "desk:alerts": [("rep", "/en/desk/alerts/"), ("rep", "/zh/desk/alerts/"), ("rival", "/en/desk/alerts/")],
    "desk:commit": [("rep", "/en/desk/organisations/{company}/commitments/cn/commitment/national")],
    "desk:apply": [
        ("rep", "/zh/desk/records/{old}/cn/objection/national"),
        ("rep", "/en/desk/records/{old}/cn/repair/national"),
    ],
    "desk:case": [
        ("rep", "/zh/desk/cases/{noticed}"),
        ("rep", "/en/desk/cases/{objection}"),
        ("rep", "/en/desk/cases/{listed}"),
    ],
    "desk:document": [("rep", "/zh/desk/cases/{noticed}/documents/3")],
    "desk:act": [("rep", "/en/desk/cases/{noticed}/state"), ("rep", "/en/desk/cases/{noticed}/ask_hearing")],
    "portal:home": [("", "/en/"), ("", "/zh/")],
    "portal:search": [("", "/en/search?q={usci}"), ("", "/zh/search?q=nobody")],
    "portal:file": [("", "/en/file/{company}"), ("", "/zh/file/{company}")],
    "portal:discretion": [("", "/en/discretion"), ("", "/zh/discretion")],
    "portal:packs": [("", "/en/packs/")],
    "portal:pack": [("", "/en/packs/cn/")],
    "portal:catalogue": [("", "/en/packs/cn/catalogue")],
    "portal:item": [("", "/en/packs/cn/catalogue/tax.arrears")],
    "portal:rulebook": [("", "/en/packs/cn/rulebooks/tax-credit")],
    "portal:coverage": [("", "/en/packs/cn/coverage")],
    "portal:refused": [("", "/en/packs/cn/refused")],
    "portal:authorities": [("", "/en/packs/cn/authorities")],
    "portal:lists": [("", "/en/packs/cn/lists")],
    "portal:procedures": [("", "/en/packs/cn/procedures")],
    "portal:procedure": [
        ("", "/en/packs/cn/procedures/listing/tax-major"),
        ("", "/zh/packs/cn/procedures/repair/national"),
    ],
    "portal:orders": [("", "/en/orders"), ("", "/zh/orders")],
    "portal:authority": [("", "/en/orders/cn/ndrc"), ("", "/zh/orders/cn/ndrc")],
    "portal:measures": [("", "/en/packs/cn/measures")],
    "portal:memoranda": [("", "/en/packs/cn/memoranda")],
    "portal:publicity": [("", "/en/packs/cn/publicity")],
    "portal:about": [("", "/en/about")],
    "portal:log": [("", "/en/log"), ("", "/zh/log")],
}
"""Name of an address → (who looks, address). Nobody is signed in where `who` is empty."""

NO_PAGES = {
    "office:upload": "a file to save",
    "desk:upload": "a file to save",
    "desk:channel": "takes a code, and leads back to the alerts",
    "office:channel": "takes a code, and leads back to the alerts",
    "office:document-paper": "a PDF",
    "office:case-paper": "a PDF",
    "desk:document-paper": "a PDF",
    "desk:case-paper": "a PDF",
    "desk:hand-in": "takes a file, and leads back to the case",
    "mfa_download_recovery_codes": "a file to save",
    "mfa_authenticate": "stands between two steps of signing in: the journey of signing in sees it",
    "portal:case": "a case that was published; the file page leads there",
    "healthz": "for machines",
    "checkpoint": "of the log, for machines",
    "tile": "of the log, for machines",
    "entrance": "leads to a language",
}
"""Addresses at which nobody reads a page, with what they are."""

LOST = [
    ("", "/en/nothing-here"),
    ("clerk", "/en/office/cases/{company}"),
    ("rep", "/zh/desk/cases/{company}/state"),
]
"""Where nothing is."""


def names(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every address."""
    found = resolver or get_resolver("goodstanding.site.office_urls")
    inside = (*spaces, found.namespace) if found.namespace else spaces
    for one in found.url_patterns:
        if isinstance(one, URLPattern):
            yield ":".join((*inside, str(one.name)))
        else:
            yield from names(one, inside)
