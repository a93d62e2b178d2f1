"""How many cases the engines are compared on: a few hundred always, more than 10,000 with `make deep-test`."""

from __future__ import annotations

import os

TIMES = 40 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 1
"""What each number of cases is multiplied by."""
