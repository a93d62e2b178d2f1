"""Errors that a user can act on.

Every error that leaves a command, a page or a library call is a `Refusal`: a stable code, what is wrong,
where, why it matters and what to do. The code is part of the public interface and is never reused.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something was refused, with what a user needs to mend it.

    Args:
        code: stable code, `GS-<ROOM>-<NUMBER>`, for instance `GS-RULES-012`.
        what: what is wrong, one sentence.
        where: file, row, column, path or address; empty when there is none.
        why: the rule that is broken.
        remedy: what to do next.
    """

    def __init__(self, code: str, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.code = code
        self.what = what
        self.where = where
        self.why = why
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [f"{self.code}: {self.what}"]
        if self.where:
            parts.append(f"  where:  {self.where}")
        if self.why:
            parts.append(f"  why:    {self.why}")
        if self.remedy:
            parts.append(f"  remedy: {self.remedy}")
        return "\n".join(parts)

    def as_dict(self) -> dict[str, str]:
        """The error as plain data, for JSON output."""
        return {
            "code": self.code,
            "what": self.what,
            "where": self.where,
            "why": self.why,
            "remedy": self.remedy,
        }
