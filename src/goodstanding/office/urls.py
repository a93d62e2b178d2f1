"""Addresses of the office. Of allauth's views only those that we offer: nobody registers, nothing is mailed."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from goodstanding.office.views import (
    act,
    alerts,
    applying,
    case,
    committing,
    desk,
    documents,
    history,
    queue,
    resting,
    stating,
    succession,
)
from goodstanding.office.views import counter as asking
from goodstanding.office.views.entrance import entrance

accounts: list[URLPattern] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("factor/", mfa.index, name="mfa_index"),
    path("factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("factor/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/totp/end/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
entrances: list[URLPattern] = [path("office/", entrance, name="office_entrance")]
workbench: list[URLPattern] = [
    path("", require_safe(queue.open_queue), name="queue"),
    path("history/", require_safe(history.office), name="history"),
    path("alerts/", alerts.of_official, name="alerts"),
    path("alerts/<uuid:channel>", alerts.channel_of_official, name="channel"),
    path("counter/", asking.ask, name="counter"),
    path("counter/<uuid:question>", asking.answer, name="answer"),
    path("successions/", succession.successions, name="successions"),
    path("successions/<uuid:public_id>", succession.succession, name="succession"),
    path("cases/<uuid:public_id>", require_safe(case.one_case), name="case"),
    path("cases/<uuid:public_id>/documents/<int:number>", require_safe(case.document), name="document"),
    path(
        "cases/<uuid:public_id>/documents/<int:number>.pdf",
        require_safe(case.document_paper),
        name="document-paper",
    ),
    path("cases/<uuid:public_id>.pdf", require_safe(case.case_paper), name="case-paper"),
    path("cases/<uuid:public_id>/uploads/<uuid:upload>", require_safe(documents.for_official), name="upload"),
    path("cases/<uuid:public_id>/rests", resting.rest, name="rest"),
    path("cases/<uuid:public_id>/rests/<uuid:rest>", resting.over, name="over"),
    path("cases/<uuid:public_id>/<slug:act>", act.act, name="act"),
]
counter: list[URLPattern] = [
    path("", require_safe(desk.home), name="home"),
    path("history/", require_safe(history.organisation), name="history"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<uuid:channel>", alerts.one_channel, name="channel"),
    path("organisations/<uuid:public_id>", require_safe(desk.organisation), name="organisation"),
    path("organisations/<uuid:public_id>/commitments/<path:path>", committing.commit, name="commit"),
    path("records/<uuid:record>/<path:path>", applying.apply, name="apply"),
    path("cases/<uuid:public_id>", require_safe(desk.one_case), name="case"),
    path("cases/<uuid:public_id>/documents/<int:number>", require_safe(desk.document), name="document"),
    path(
        "cases/<uuid:public_id>/documents/<int:number>.pdf",
        require_safe(desk.document_paper),
        name="document-paper",
    ),
    path("cases/<uuid:public_id>.pdf", require_safe(desk.case_paper), name="case-paper"),
    path("cases/<uuid:public_id>/uploads", documents.take_in, name="hand-in"),
    path(
        "cases/<uuid:public_id>/uploads/<uuid:upload>",
        require_safe(documents.for_organisation),
        name="upload",
    ),
    path("cases/<uuid:public_id>/<slug:act>", stating.act, name="act"),
]
