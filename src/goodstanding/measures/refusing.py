"""What the database's guards refuse, told as every other refusal is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from goodstanding.core.errors import Refusal

_TOLD = re.compile(r"(GS-[A-Z]+-[0-9]{3}): ([^\n]+)")


@contextmanager
def guards_told() -> Iterator[None]:
    """Turn what a guard refuses within the block into a Refusal with the guard's own code.

    Raises:
        Refusal: with the code of the guard; another IntegrityError is passed on.
    """
    try:
        yield
    except IntegrityError as error:
        told = _TOLD.search(str(error))
        if told is None:
            raise
        raise Refusal(
            told[1],
            f"Refused: {told[2]}.",
            why="The database holds measures to the law whatever a program says.",
            remedy="Let whoever is competent do it, within its time.",
        ) from error
