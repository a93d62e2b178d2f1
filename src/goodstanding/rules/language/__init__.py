"""YAML → model, with errors that say file, line, column, what, why and the remedy."""

from .reading import load_rulebook, parse_rulebook

__all__ = ["load_rulebook", "parse_rulebook"]
