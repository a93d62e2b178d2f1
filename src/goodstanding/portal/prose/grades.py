"""What a grade is called on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goodstanding.catalogue.model import Title
from goodstanding.portal.language import Language
from goodstanding.portal.wording import word

_CODE_WORD = re.compile(r"[a-z][a-z_-]+")


def grade_name(grade: str, title: Title | None, lang: Language) -> tuple[str, str]:
    """A grade and what it says beside itself: `5`, `Very good`; `green` is Green, and 绿色 on a Chinese page.

    A name in code, such as `low_risk` or `not-serious`, is never shown where there is a title; "Grade B" says no
    more than B.
    """
    said = lang.of(title) if title else ""
    if said and _CODE_WORD.fullmatch(grade):
        return said, ""
    bare = grade.casefold()
    return grade, "" if said.casefold() in (bare, f"grade {bare}", f"class {bare}", f"{bare}级") else said


def grade_text(grade: str, titles: Mapping[str, Title], lang: Language) -> str:
    """The same in one piece: `5 (Very good)`."""
    name, says = grade_name(grade, titles.get(grade), lang)
    return word(lang, "grade.with-title", grade=name, title=says) if says else name
