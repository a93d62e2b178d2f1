"""What stands above single rules, in words: who ranks best, what is suspended, how closely one is looked at."""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.catalogue.model import Title
from goodstanding.portal.language import Language
from goodstanding.portal.prose.grades import grade_text
from goodstanding.portal.prose.records import days_text
from goodstanding.portal.prose.texts import RuleText
from goodstanding.portal.wording import named, sentence, word
from goodstanding.portal.written import points
from goodstanding.rules.model import Amendment, Quota, Rulebook, Tier, VersionedBy


def quota_text(
    quota: Quota, titles: Mapping[str, Title], facts: Mapping[str, str], lang: Language
) -> RuleText:
    """A grade that only the best keep."""
    by = word(lang, "quota.by-points") if quota.by is None else facts.get(quota.by, quota.by)
    grade = grade_text(quota.grade, titles, lang)
    about = word(
        lang,
        "quota.of-grade" if quota.among_grade else "quota.of-everyone",
        share=share_text(quota.best),
        by=by,
        grade=grade,
    )
    gives = word(
        lang,
        "quota.ties-in" if quota.ties_in else "quota.ties-out",
        otherwise=grade_text(quota.otherwise, titles, lang),
    )
    return RuleText(
        id=quota.id,
        title=lang.of(quota.title),
        about=sentence(about),
        gives=gives,
        basis=quota.basis,
        uncertain=quota.uncertain,
    )


def amendment_text(one: Amendment, book: Rulebook, lang: Language) -> RuleText:
    """What does not apply for a time."""
    titles = {each.id: lang.of(each.title) for each in book.entries()}
    suspended = titles.get(one.suspends, one.suspends)
    days = days_text(one.from_day, one.to_day, lang)
    return RuleText(
        id=one.id,
        title=lang.of(one.title),
        about=sentence(named(lang, "amended.", one.by.value)),
        gives=word(lang, "amended.suspends", title=suspended, days=days),
        basis=one.basis,
        uncertain=one.uncertain,
    )


def tier_text(tier: Tier, titles: Mapping[str, Title], lang: Language) -> tuple[str, str]:
    """A class, and how large a share of it is inspected, and how often."""
    low, high = tier.lowest, tier.highest
    if low is None and high is None:
        parts = [word(lang, "tier.not-stated")]
    elif low == high:
        parts = [word(lang, "tier.share", share=share_text(low or 0))]
    elif low is None or high is None:
        key = "tier.at-most" if low is None else "tier.at-least"
        parts = [word(lang, key, share=share_text(high if low is None else low))]
    else:
        parts = [word(lang, "tier.between", low=share_text(low), high=share_text(high))]
    if tier.frequency is not None:
        parts.append(lang.of(tier.frequency))
    return grade_text(tier.grade, titles, lang), sentence(word(lang, "list.comma").join(parts))


def versions_text(by: VersionedBy, lang: Language) -> str:
    """Which version a record is judged by, where it is not that of the day of the assessment."""
    return "" if by is VersionedBy.ASSESSMENT else named(lang, "versioned.", by.value)


def share_text(hundredths: int | None) -> str:
    """Hundredths of a percent: 250 is 2.5 %."""
    return f"{points(hundredths or 0)} %"
