"""What a page that stands alone is made of, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.portal.language import Language


@dataclass(frozen=True)
class Heading:
    """A heading below that of the page; `level` 2 to 4."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several; a `remark` is set smaller: laws, digests."""

    text: str
    remark: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """Names and what is said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table. Columns of `numbers` (from 0) are set to the right; with `row_heads` the first column names rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    row_heads: bool = False


@dataclass(frozen=True)
class Figure:
    """A picture as SVG; `caption` says in words what it shows. Markdown has the caption alone."""

    svg: str
    caption: str


Block = Heading | Paragraph | Items | Pairs | Grid | Figure


@dataclass(frozen=True)
class Leaflet:
    """A page: its title, what stands above the title, its language and its parts."""

    title: str
    lang: Language
    blocks: tuple[Block, ...]
    above: str = ""
