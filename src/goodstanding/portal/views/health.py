"""Whether this process serves: for a supervisor or a load balancer."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from goodstanding.portal.queries import position_now


def healthz(request: HttpRequest) -> JsonResponse:
    """200 and the ledger's position, or 503 where the database does not answer."""
    try:
        return JsonResponse({"status": "ok", "position": position_now()})
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
