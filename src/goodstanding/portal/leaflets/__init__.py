"""Pages that stand alone: written into one file, as Markdown, HTML or PDF, without a server, Django or a database.

`pdf.as_pdf` is imported by its own name: the typesetter behind it is large, and few processes need it.
"""

from goodstanding.portal.leaflets.blocks import Leaflet
from goodstanding.portal.leaflets.html import as_html
from goodstanding.portal.leaflets.markdown import as_markdown

__all__ = ["Leaflet", "as_html", "as_markdown"]
