"""What the facts of a rulebook are called, and the codes and grades that are their values."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose.grades import grade_text
from goodstanding.portal.prose.records import code_value
from goodstanding.rules.model import Code, Fact, Largest, Latest, ResultOf


class FactTitles(dict[str, str]):
    """Titles of facts by their ids."""

    def __init__(self, facts: Iterable[Fact], lang: Language) -> None:
        self._facts = {one.id: one for one in facts}
        self._lang = lang
        super().__init__({name: lang.of(one.title) for name, one in self._facts.items()})

    def value(self, name: str, value: str) -> str:
        """A code as its item's field calls it, a grade as its rulebook calls it; else as it is written."""
        match self._facts.get(name):
            case Latest() | Largest() as fact if isinstance(fact.of, Code):
                return code_value(fact.select.item, fact.of.field, value, self._lang)
            case ResultOf() as fact:
                versions = shelf.rule_shelf().versions(fact.rulebook)
                titles = dict(versions[-1].grade_titles) if versions else {}
                return grade_text(value, titles, self._lang)
            case _:
                return value
