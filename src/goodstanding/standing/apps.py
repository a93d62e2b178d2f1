"""Django app of standing: runs, assessments and their lines."""

from __future__ import annotations

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """What the rulebooks make of everyone, kept with its reasons and its manifest."""

    name = "goodstanding.standing"
    label = "standing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow erasures: a line that rests on an erased record goes with it."""
        from goodstanding.standing import erasing  # noqa: F401 - connects the receiver
