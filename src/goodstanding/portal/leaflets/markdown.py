"""A leaflet as Markdown."""

from __future__ import annotations

import re
from typing import assert_never

from goodstanding.portal.leaflets.blocks import Block, Figure, Grid, Heading, Items, Leaflet, Pairs, Paragraph

_MARKS = re.compile(r"([\\*_\[\]<>#|`])")


def as_markdown(leaflet: Leaflet) -> str:
    """The page as Markdown, with tables as GitHub and others write them."""
    parts = [f"# {plain(leaflet.title)}", *(_block(one) for one in leaflet.blocks)]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """A text in which nothing is taken for a mark."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {plain(block.text)}"
        case Paragraph():
            return f"*{plain(block.text)}*" if block.remark else plain(block.text)
        case Items():
            return "\n".join(f"- {plain(one)}" for one in block.items)
        case Pairs():
            return "\n".join(f"- **{plain(name)}**: {plain(said)}" for name, said in block.rows)
        case Grid():
            rule = ["---:" if place in block.numbers else "---" for place in range(len(block.head))]
            rows = [block.head, *block.rows]
            lines = ["| " + " | ".join(plain(cell) for cell in row) + " |" for row in rows]
            lines.insert(1, "| " + " | ".join(rule) + " |")
            return "\n".join(lines)
        case Figure():
            return plain(block.caption)
        case _:
            assert_never(block)
