"""Problem files are an aid to correct rows, and are kept for a bounded time."""

from __future__ import annotations

import time

from goodstanding.core.home import Home

KEPT_DAYS = 90


def sweep_problem_files(home: Home) -> int:
    """Remove problem files older than KEPT_DAYS; returns how many.

    A file's own age counts, by the machine's clock: `--today` must not make files of others vanish.
    """
    oldest = time.time() - KEPT_DAYS * 86_400
    old = [path for path in home.problems.iterdir() if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink()
    return len(old)
