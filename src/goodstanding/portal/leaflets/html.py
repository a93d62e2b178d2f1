"""A leaflet as one HTML file: its style inside, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape
from typing import assert_never

from goodstanding.portal.leaflets.blocks import Block, Figure, Grid, Heading, Items, Leaflet, Pairs, Paragraph

_STYLE = """
:root{color-scheme:light}
body{margin:0;background:#fff;color:#0b0c0c;
font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:2rem;line-height:1.2;margin:.25rem 0 1rem}
h2{font-size:1.4rem;margin:2.25rem 0 .5rem;border-top:1px solid #b1b4b6;padding-top:1.25rem}
h3{font-size:1.15rem;margin:1.5rem 0 .25rem}h4{font-size:1rem;margin:1.25rem 0 .25rem}
p{margin:.4rem 0;max-width:44rem}.above,.remark{color:#505a5f}.remark{font-size:.9375rem;overflow-wrap:anywhere}
dl{margin:.5rem 0;display:grid;grid-template-columns:minmax(10rem,1fr) 3fr;gap:.35rem 1rem}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.75rem 0;width:100%}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #d2d4d5}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:1rem 0}svg{max-width:100%;height:auto;display:block}figcaption{color:#505a5f;font-size:.9375rem}
@media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
@media print{main{max-width:none;padding:0}h2{break-after:avoid}table,figure{break-inside:avoid}}
"""


def as_html(leaflet: Leaflet) -> str:
    """The page as one HTML file."""
    above = f'<p class="above">{escape(leaflet.above)}</p>\n' if leaflet.above else ""
    body = "\n".join(_block(one) for one in leaflet.blocks)
    title = escape(leaflet.title)
    return (
        f'<!doctype html>\n<html lang="{leaflet.lang.html}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{above}<h1>{title}</h1>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            kind = ' class="remark"' if block.remark else ""
            return f"<p{kind}>{escape(block.text)}</p>"
        case Items():
            return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in block.items) + "</ul>"
        case Pairs():
            rows = (f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in block.rows)
            return f"<dl>{''.join(rows)}</dl>"
        case Grid():
            return _grid(block)
        case Figure():
            return f"<figure>{block.svg}<figcaption>{escape(block.caption)}</figcaption></figure>"
        case _:
            assert_never(block)


def _grid(grid: Grid) -> str:
    def kind(place: int) -> str:
        return ' class="n"' if place in grid.numbers else ""

    head = "".join(f'<th scope="col"{kind(at)}>{escape(one)}</th>' for at, one in enumerate(grid.head))
    rows = []
    for row in grid.rows:
        cells = []
        for at, cell in enumerate(row):
            named = grid.row_heads and at == 0
            tag = 'th scope="row"' if named else "td"
            cells.append(f"<{tag}{kind(at)}>{escape(cell)}</{'th' if named else 'td'}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
    return (
        f'<div class="scroll" tabindex="0"><table>{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
