"""Pages that stand alone: written into one file, as Markdown or HTML, without a server, Django or a database."""

from goodstanding.portal.leaflets.blocks import Leaflet
from goodstanding.portal.leaflets.html import as_html
from goodstanding.portal.leaflets.markdown import as_markdown

__all__ = ["Leaflet", "as_html", "as_markdown"]
