"""What the office's templates say beside the portal's words: faults of forms, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField, Form
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from goodstanding.core.errors import Refusal
from goodstanding.office import writing
from goodstanding.office.alerts import saying
from goodstanding.office.casepage import CasePage
from goodstanding.office.models import Alert
from goodstanding.office.refusals import in_chinese
from goodstanding.office.service import served_text
from goodstanding.portal.language import Language
from goodstanding.portal.wording import known, word

register = template.Library()

_SVG = "{http://www.w3.org/2000/svg}"


@register.simple_tag(takes_context=True)
def faults(context: Context, field: BoundField) -> list[str]:
    """What is wrong with a field, in words."""
    return said(field.errors.as_data(), context["lang"])


@register.simple_tag(takes_context=True)
def faults_of_all(context: Context, form: Form) -> list[str]:
    """What is wrong with a form as a whole, in words."""
    return said(form.non_field_errors().as_data(), context["lang"])


def said(errors: Iterable[ValidationError], lang: Language) -> list[str]:
    """Errors by their code, where there is a word for it; else as they came."""
    found: list[str] = []
    for error in errors:
        for one in error.error_list if hasattr(error, "error_list") else [error]:
            key = f"fault.{one.code}"
            message = word(lang, key, **(one.params or {})) if known(key) else " ".join(one.messages)
            found.append(message)
    return found


@register.simple_tag(takes_context=True)
def steps(context: Context, shown: CasePage, here: str) -> SafeString:
    """The steps of a case."""
    return writing.steps(shown, context["lang"], here)


@register.simple_tag(takes_context=True)
def deadlines(context: Context, shown: CasePage) -> SafeString:
    """The deadlines of a case."""
    return writing.deadlines(shown, context["lang"])


@register.simple_tag(takes_context=True)
def grounds(context: Context, shown: CasePage) -> SafeString:
    """What a case rests on."""
    return writing.grounds(shown, context["lang"])


@register.simple_tag(takes_context=True)
def in_words_of(context: Context, refusal: Refusal) -> str:
    """What a refusal says in the page's language; empty where its own English words are the page's."""
    return in_chinese(refusal.code) if context["lang"] is Language.ZH else ""


@register.filter
def inline(svg: str) -> SafeString:
    """The one path of a QR code's picture, drawn in the page itself: pictures from elsewhere are not loaded."""
    root = ElementTree.fromstring(svg)
    paths = [one.get("d", "") for one in root.iter(f"{_SVG}path")]
    box = root.get("viewBox", "")
    return format_html(
        '<svg class="code-picture" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        box,
        format_html_join("", '<path d="{}"/>', ((one,) for one in paths)),
    )


@register.filter
def served(how: str, lang: Language) -> str:
    """How a document was served, in the page's language."""
    return served_text(how, lang)


@register.filter
def headline(alert: Alert, lang: Language) -> str:
    """What an alert said, in one sentence."""
    return saying.headline(alert, lang)
