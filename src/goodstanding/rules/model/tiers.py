"""How closely a class of subjects is looked at: what a tier means for whoever inspects."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.catalogue.model import Title

from .values import invalid

WHOLE = 100_00


@dataclass(frozen=True)
class Tier:
    """The share of a class that is inspected, in hundredths of a percent, both bounds included, and how often.

    A bound None, and a frequency None, are not stated.
    """

    grade: str
    lowest: int | None
    highest: int | None
    frequency: Title | None

    def __post_init__(self) -> None:
        for bound in (self.lowest, self.highest):
            if bound is not None and not 0 <= bound <= WHOLE:
                raise invalid(5, f"the share inspected of tier {self.grade} is not from 0 to 100 %")
        if self.lowest is not None and self.highest is not None and self.lowest > self.highest:
            raise invalid(11, f"the share inspected of tier {self.grade} holds nothing")
