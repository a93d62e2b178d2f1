"""The reference engine: plain Python, slow and obviously right. What a rulebook means is what this does.

Three-valued throughout: a test on a value that is not known is neither met nor failed, and what rests on it
is an interval. A grade is given only where every possibility leads to it.
"""

from .answers import UNKNOWN, added, at_least, both, clip, either
from .assessing import SHOWN, Case, assess
from .everyone import Everyone, Found, assess_everyone, groups_of, members_of
from .selecting import Match

__all__ = [
    "SHOWN",
    "UNKNOWN",
    "Case",
    "Everyone",
    "Found",
    "Match",
    "added",
    "assess",
    "assess_everyone",
    "at_least",
    "both",
    "clip",
    "either",
    "groups_of",
    "members_of",
]
