"""The two languages of the pages, and which one a reader asked for."""

from __future__ import annotations

from enum import StrEnum

from goodstanding.catalogue.model import Title


class Language(StrEnum):
    """A language of the pages; its value is the first segment of every address."""

    EN = "en"
    ZH = "zh"

    @property
    def html(self) -> str:
        """The language tag of the page (BCP 47)."""
        return "zh-Hans" if self is Language.ZH else "en"

    @property
    def other(self) -> Language:
        """The one to switch to."""
        return Language.EN if self is Language.ZH else Language.ZH

    def of(self, title: Title) -> str:
        """A title in this language."""
        return title.zh if self is Language.ZH else title.en


class LanguageConverter:
    """`<lang:lang>` in an address."""

    regex = "en|zh"

    def to_python(self, value: str) -> Language:
        """The language of a segment."""
        return Language(value)

    def to_url(self, value: str) -> str:
        """The segment of a language."""
        return str(value)


def preferred(accept_language: str) -> Language:
    """The language that an Accept-Language header asks for (RFC 9110, 12.5.4); English if it asks for neither."""
    wishes: list[tuple[float, int, Language]] = []
    for place, part in enumerate(accept_language.split(",")):
        tag, *parameters = (one.strip() for one in part.lower().split(";"))
        primary = tag.partition("-")[0]
        if primary in tuple(Language) and (weight := _weight(parameters)) > 0:
            wishes.append((-weight, place, Language(primary)))
    return min(wishes)[2] if wishes else Language.EN


def _weight(parameters: list[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            digits = value.strip()
            # Anything that is not a number from 0 to 1 is no wish: browsers do not send it.
            return float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else 0.0
    return 1.0


def of_address(path: str) -> Language | None:
    """The language that an address names, if it does."""
    first = path.removeprefix("/").partition("/")[0]
    return Language(first) if first in tuple(Language) else None
