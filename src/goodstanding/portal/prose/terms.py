"""Terms of procedures in words."""

from __future__ import annotations

from goodstanding.catalogue.procedure import Term
from goodstanding.portal.language import Language
from goodstanding.portal.wording import named, word


def term_text(term: Term, lang: Language) -> str:
    """`5 working days from the service of the notice`, `by the 15th of the month after …`, `at once`."""
    start = named(lang, "from-act.", term.starts.value)
    if term.on_day is not None:
        text = word(lang, "term.on-day", n=term.amount, day=term.on_day, start=start)
    elif term.amount == 0:
        text = word(lang, "term.at-once", start=start)
    else:
        text = word(lang, f"term.{term.unit.value}", n=term.amount, start=start)
    if term.extension is not None:
        text += word(lang, "term.extension", n=term.extension)
    return text
