"""Notices and decisions: what they must state, proposed from the case in both languages, put together as one text.

The text is what the step keeps. A line that begins with `# ` is its title, one with `## ` the title of a section.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Act, Procedure, Stage, Stated, Unit
from goodstanding.core.dates import add_months
from goodstanding.measures.triggering import triggered
from goodstanding.office.grounds import GroundLine
from goodstanding.office.prompts import found_marks, unmarked
from goodstanding.portal import shelf
from goodstanding.portal.citing import marks
from goodstanding.portal.language import Language
from goodstanding.portal.prose.laws import law_text
from goodstanding.portal.wording import known, word

WRITTEN = tuple(one for one in Stated if one not in (Stated.REASONS, Stated.BASIS))
"""Sections with a field of their own; reasons and basis are fields of the step anyway."""
_BOTH = (Language.ZH, Language.EN)


@dataclass(frozen=True)
class Section:
    """A part of a document."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A notice or decision as it is printed."""

    title: str
    sections: tuple[Section, ...]


def proposed(
    stated: Stated, procedure: Procedure, grounds: tuple[GroundLine, ...], *, division: str, on: date
) -> str:
    """What a section may say, from the case and its procedure, in Chinese and then in English; to be edited.

    Args:
        division: of the place of the case; on: the day from which measures are looked up.
    """
    said = "\n".join(_proposed(stated, procedure, grounds, division, on, lang) for lang in _BOTH)
    return unmarked(said).strip()


def asked(stated: Stated) -> str:
    """What the official must fill in of a section, in both languages; empty where the case tells it all."""
    key = f"prompt.{stated.value}"
    return "\n".join(word(lang, key) for lang in _BOTH) if known(key) else ""


def _proposed(
    stated: Stated,
    procedure: Procedure,
    grounds: tuple[GroundLine, ...],
    division: str,
    on: date,
    lang: Language,
) -> str:
    listing = procedure.listing
    match stated:
        case Stated.FACTS:
            return "\n".join(word(lang, "draft.fact", what=one.what(lang), on=one.on) for one in grounds)
        case Stated.EVIDENCE:
            lines = (word(lang, "draft.evidence", document=one.document, by=one.by) for one in grounds)
            return "\n".join(dict.fromkeys(lines))
        case Stated.RIGHTS:
            return _rights(procedure, lang)
        case Stated.TERM if listing is not None:
            return word(lang, "draft.term", n=listing.months)
        case Stated.REMOVAL if listing is not None:
            ends = [lang.of(one) for one in (listing.ends, listing.conditions) if one]
            return "\n".join(ends)
        case Stated.MEASURES:
            return _measures(procedure, division, on, lang)
        case Stated.REMEDIES:
            return word(lang, "draft.remedies")
    return ""


def doubtful(stated: Stated, procedure: Procedure) -> bool:
    """Whether the pack marks what it proposes for a section as not checked against the law."""
    if stated is Stated.REMOVAL and procedure.listing is not None:
        parts = (procedure.listing.ends, procedure.listing.conditions)
        return any(found_marks(one.zh + one.en) for one in parts if one)
    return False


def _rights(procedure: Procedure, lang: Language) -> str:
    rows = []
    for act in (Act.STATE, Act.ASK_HEARING):
        stage = procedure.stage(act)
        if stage is not None and stage.within is not None:
            unit = "working" if stage.within.unit is Unit.WORKING_DAYS else "calendar"
            key = f"draft.rights-state.{unit}" if act is Act.STATE else f"draft.rights-hearing.{unit}"
            rows.append(
                word(lang, key, n=stage.within.amount, law=law_text([_plain(stage.within.basis)], lang))
            )
    return "\n".join(rows)


def _plain(law: Basis) -> Basis:
    """A law without the mark of doubt, which stands beside the form and is no text of a document."""
    return Basis(law.instrument, law.article)


def _measures(procedure: Procedure, division: str, on: date, lang: Language) -> str:
    """What a listing of a day triggers, each with the bodies that carry it out."""
    pack, listing = shelf.pack_named(procedure.path.split("/")[0]), procedure.listing
    if pack is None or listing is None:
        return ""
    found = triggered(pack, listing.list_id, division, on, add_months(on, listing.months))
    if not found:
        return word(lang, "draft.measures", item=_item_title(listing.item, lang))
    bodies: dict[str, list[str]] = {}
    for one in found:
        bodies.setdefault(lang.of(one.measure.title), []).append(
            lang.of(shelf.authority_title(one.agreed.authority))
        )
    rows = ((what, word(lang, "list.between").join(dict.fromkeys(by))) for what, by in bodies.items())
    return "\n".join(word(lang, "draft.measure", what=what, by=by) for what, by in rows)


def _item_title(item: str, lang: Language) -> str:
    """What an item is called."""
    found = shelf.item_at(item)
    return lang.of(found.title) if found else item


def title_of(stage: Stage) -> Title:
    """What the document of a stage is called; the stage's own title where its kind of document has no name."""
    key = f"paper.{stage.serves}"
    return Title(*(word(lang, key) for lang in (Language.EN, Language.ZH))) if known(key) else stage.title


def law_lines(laws: Iterable[Basis]) -> str:
    """Laws as a document names them, a line each; what is uncertain, or no law yet, says so in both languages."""
    lines = []
    for one in laws:
        said = [mark for lang in _BOTH for mark in marks(one, lang)]
        beside = f"（{' / '.join(said)}）" if said else ""
        lines.append(f"{one.instrument} {one.article}".strip() + beside)
    return "\n".join(lines)


def compose(
    title: Title, sections: Mapping[Stated, str], *, reference: str, organisation: str, on: date
) -> str:
    """The whole text of a document."""
    lines = [f"# {title.zh} {title.en}", "", f"{reference} · {on.isoformat()}", organisation, ""]
    for stated in Stated:
        if sections.get(stated, "").strip():
            names = [word(lang, f"stated.{stated.value}") for lang in _BOTH]
            lines += [f"## {' '.join(names)}", sections[stated].strip(), ""]
    return "\n".join(lines).strip() + "\n"


def read(text: str) -> Document:
    """A kept text, to be shown."""
    title, sections, lines, heading = "", list[Section](), list[str](), ""
    for line in [*text.splitlines(), "## "]:
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            if heading or any(lines):
                sections.append(Section(heading, tuple(one for one in lines if one)))
            heading, lines = line[3:], []
        else:
            lines.append(line)
    return Document(title, tuple(sections))
