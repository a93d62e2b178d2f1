"""What granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodstanding.site.settings")
application = get_wsgi_application()

from goodstanding.portal import shelf  # noqa: E402 - the settings must be named first

shelf.warm()
