"""Leaflets on paper: both languages with their glyphs inside, the same bytes each time, text never read as markup."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from goodstanding.portal.language import Language
from goodstanding.portal.leaflets import Leaflet
from goodstanding.portal.leaflets.blocks import Block, Figure, Grid, Heading, Items, Pairs, Paragraph
from goodstanding.portal.leaflets.pdf import as_pdf

DAY = date(2026, 3, 2)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
EVERYTHING: tuple[Block, ...] = (
    Heading("事实 Facts"),
    Paragraph("经查：欠缴税款 80,000 元。"),
    Paragraph('#read("/etc/passwd") $x$ *bold* <label> @ref', remark=True),
    Items(("陈述、申辩", "听证")),
    Pairs((("Organisation", "岫桥县埕雱汽车配件股份有限公司"),)),
    Grid("Points", ("Rule", "Points"), (("late", "−11"),), numbers=(1,)),
    Figure(SVG, "A square"),
)


def read(content: bytes) -> str:
    return "\n".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)


def fonts(content: bytes) -> list[Any]:
    found = []
    for page in PdfReader(BytesIO(content)).pages:
        resources: Any = page["/Resources"]
        found += [one.get_object() for one in resources["/Font"].values()]
    return found


def test_both_languages_can_be_read_from_it_and_its_glyphs_are_inside() -> None:
    made = as_pdf(
        Leaflet("行政处罚告知书 Notice", Language.ZH, EVERYTHING, above="12-2026"), on=DAY, foot="机关"
    )
    text = read(made)
    for one in (
        "行政处罚告知书 Notice",
        "事实 Facts",
        "经查：欠缴税款 80,000 元。",
        "陈述、申辩",
        "−11",
        "12-2026",
        "机关",
    ):
        assert one in text, one
    assert "埕雱" in text, "a character beyond GB 2312 that the packs write"
    used = fonts(made)
    assert used
    for one in used:
        inner = one["/DescendantFonts"][0].get_object()
        assert "/FontFile3" in inner["/FontDescriptor"], "embedded"


def test_what_is_written_is_never_markup() -> None:
    made = as_pdf(Leaflet("T", Language.EN, EVERYTHING), on=DAY)
    assert '#read("/etc/passwd") $x$ *bold* <label> @ref' in read(made)


def test_the_same_leaflet_gives_the_same_bytes_and_its_day_is_the_one_named() -> None:
    leaflet = Leaflet("T", Language.EN, EVERYTHING)
    assert as_pdf(leaflet, on=DAY) == as_pdf(leaflet, on=DAY)
    dated = PdfReader(BytesIO(as_pdf(leaflet, on=DAY))).metadata
    assert dated is not None and dated.title == "T"
    assert dated.creation_date is not None and dated.creation_date.date() == DAY


def test_it_is_tagged_and_says_its_language() -> None:
    root: Any = PdfReader(BytesIO(as_pdf(Leaflet("T", Language.ZH, EVERYTHING), on=DAY))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("zh")


def test_a_character_that_the_font_lacks_is_printed_as_its_number() -> None:
    made = as_pdf(Leaflet("T", Language.ZH, (Paragraph("名称\U00020bb7\u200b"),)), on=DAY)
    assert "名称〔U+20BB7〕" in read(made)
