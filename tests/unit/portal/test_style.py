"""The style sheet: every pair of colours can be read (WCAG 2.2, 1.4.3: 4.5 to 1)."""

from __future__ import annotations

import re

import pytest

from goodstanding.portal import wording

CSS = (wording.FILE.parent / "static" / "portal" / "portal.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS))

PAIRS = [
    ("ink", "paper"),
    ("ink", "faint"),
    ("ink", "focus"),
    ("soft", "paper"),
    ("soft", "faint"),
    ("link", "paper"),
    ("link", "faint"),
    ("brand", "paper"),
    ("paper", "brand"),
    ("paper", "good"),
    ("paper", "bad"),
    ("paper", "doubt"),
    ("paper", "other"),
    ("good", "good-bg"),
    ("bad", "bad-bg"),
    ("bad", "paper"),
    ("doubt", "doubt-bg"),
    ("other", "other-bg"),
]


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    light, dark = sorted((luminance(COLOURS[text]), luminance(COLOURS[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_style_sheet_loads_nothing() -> None:
    assert "url(" not in CSS and "@import" not in CSS
    assert len(CSS.splitlines()) <= 320
