"""Django app of the office: accounts, the officials' workbench, the organisations' desk."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """What only people with an account see. It acts through `procedures`, and keeps drafts and uploads of its own."""

    name = "goodstanding.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The office's words join the portal's; passwords become their holders'; what is over goes."""
        from allauth.account.signals import password_changed
        from django.contrib.auth.signals import user_logged_in

        from goodstanding.office import keeping  # noqa: F401 - connects its receiver
        from goodstanding.office.accounts.passwords import chosen
        from goodstanding.office.accounts.sessions import swept
        from goodstanding.portal import wording

        wording.add(Path(__file__).with_name("words.yaml"))
        password_changed.connect(chosen, dispatch_uid="office-password-chosen")
        user_logged_in.connect(swept, dispatch_uid="office-sessions-swept")
