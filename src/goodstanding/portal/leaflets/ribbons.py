"""A picture of who goes from which grade to which: two columns of grades, and ribbons between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT, BAR, GAP, LEFT = 800, 420, 16, 10, 220
LETTERS = 30  # of a label: more would not fit beside its bar; the table has the whole name
_NAMED = {
    "green": "#00703c",
    "blue": "#1d70b8",
    "yellow": "#d9a400",
    "red": "#d4351c",
    "black": "#0b0c0c",
}
_SCALE = ("#00703c", "#1d70b8", "#7a5fa8", "#d9a400", "#f47738", "#d4351c", "#802010")
NO_GRADE = "#8a9299"


def colours(grades: Sequence[str]) -> dict[str, str]:
    """A colour for each grade of a scale, the best first; grades that are called by a colour have it."""
    if all(one in _NAMED for one in grades):
        return {one: _NAMED[one] for one in grades}
    steps = max(len(grades) - 1, 1)
    return {one: _SCALE[at * (len(_SCALE) - 1) // steps] for at, one in enumerate(grades)}


def ribbons(
    cells: Mapping[tuple[str, str], int],
    left: Sequence[str],
    right: Sequence[str],
    name: Callable[[str], str],
    paint: Mapping[str, str],
    title: str,
) -> str:
    """The picture as SVG. Heights go with the numbers, above the one line that every label needs.

    Args:
        cells: how many go from an outcome of the left column to one of the right.
        left, right: the outcomes, from the top; each occurs in `cells`.
        name: what an outcome is called.
        paint: the colours of the outcomes of the left column, which the ribbons have too.
        title: what the picture shows, for who cannot see it.
    """
    total = sum(cells.values()) or 1
    first = _column(left, {one: sum(n for (a, _), n in cells.items() if a == one) for one in left}, total)
    last = _column(right, {one: sum(n for (_, b), n in cells.items() if b == one) for one in right}, total)
    start, end = {one: top for one, (top, _) in first.items()}, {one: top for one, (top, _) in last.items()}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui,sans-serif" font-size="13">'
        f"<title>{escape(title)}</title>"
    ]
    from_x, to_x = LEFT + BAR, WIDTH - LEFT - BAR
    middle = (from_x + to_x) / 2
    for one in left:
        for other in right:
            number = cells.get((one, other), 0)
            if not number:
                continue
            high = (first[one][1] * number) / _sum(cells, 0, one)
            low = (last[other][1] * number) / _sum(cells, 1, other)
            a, b = start[one], end[other]
            start[one], end[other] = a + high, b + low
            parts.append(
                f'<path d="M{from_x} {a:.1f}C{middle} {a:.1f} {middle} {b:.1f} {to_x} {b:.1f}'
                f'V{b + low:.1f}C{middle} {b + low:.1f} {middle} {a + high:.1f} {from_x} {a + high:.1f}Z" '
                f'fill="{paint.get(one, NO_GRADE)}" fill-opacity="0.35">'
                f"<title>{escape(name(one))} → {escape(name(other))}: {number:,}</title></path>"
            )
    parts += _labels(left, first, cells, 0, name, lambda one: paint.get(one, NO_GRADE))
    parts += _labels(right, last, cells, 1, name, lambda _: "#0b0c0c")
    return "".join(parts) + "</svg>"


def _sum(cells: Mapping[tuple[str, str], int], side: int, outcome: str) -> int:
    return sum(number for pair, number in cells.items() if pair[side] == outcome)


def _column(
    outcomes: Sequence[str], numbers: Mapping[str, int], total: int
) -> dict[str, tuple[float, float]]:
    """Top and height of each outcome; a label needs its line, so that none stands closer than 18."""
    room = HEIGHT - GAP * (len(outcomes) + 1) - 18 * len(outcomes)
    found, top = {}, float(GAP)
    for one in outcomes:
        height = 18 + room * numbers[one] / total
        found[one] = (top, height)
        top += height + GAP
    return found


def _labels(
    outcomes: Sequence[str],
    places: Mapping[str, tuple[float, float]],
    cells: Mapping[tuple[str, str], int],
    side: int,
    name: Callable[[str], str],
    colour: Callable[[str], str],
) -> list[str]:
    """The bars of a column, with the name and the number beside each."""
    at = LEFT if side == 0 else WIDTH - LEFT - BAR
    text, anchor = (LEFT - 8, "end") if side == 0 else (WIDTH - LEFT + 8, "start")
    parts = []
    for one in outcomes:
        top, height = places[one]
        called, many = name(one), f": {_sum(cells, side, one):,}"
        room = LETTERS - len(many)
        label = (called if len(called) <= room else called[: room - 1] + "…") + many
        parts.append(
            f'<rect x="{at}" y="{top:.1f}" width="{BAR}" height="{height:.1f}" fill="{colour(one)}"/>'
            f'<text x="{text}" y="{top + height / 2 + 4:.1f}" text-anchor="{anchor}">{escape(label)}</text>'
        )
    return parts
