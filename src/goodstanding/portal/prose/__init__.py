"""Rulebooks in sentences: what a court or a company reads, made from the same nodes that engines evaluate."""

from goodstanding.portal.prose.rulebook import RulebookText, rulebook_text

__all__ = ["RulebookText", "rulebook_text"]
