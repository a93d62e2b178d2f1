"""As what an account can take a stage of a case: the appointment or mandate, or none."""

from __future__ import annotations

from goodstanding.catalogue.procedure import Act, Party, Procedure, Stage
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.models import Appointment, Case
from goodstanding.procedures.queries import Viewer

_LEVELS = ("county", "municipal", "provincial", "national")


def actor_for(stage: Stage, case: Case, procedure: Procedure, viewer: Viewer) -> Actor | None:
    """Who the viewer acts as in a stage. The database asks again when the step is taken."""
    if stage.party is Party.SUBJECT:
        mandate = next((one for one in viewer.mandates if one.subject_id == case.subject_id), None)
        return Actor(Party.SUBJECT, mandate=mandate) if mandate else None
    appointment = next(
        (one for one in viewer.appointments if _competent(one, stage.party, case, procedure)), None
    )
    return Actor(stage.party, appointment) if appointment else None


def may_prepare(stage: Stage, case: Case, procedure: Procedure, viewer: Viewer) -> Appointment | None:
    """With what appointment the viewer may draft a stage, or sign beside another: one of a competent office."""
    if needs_two(stage, procedure):
        return keeper_of(case, procedure, viewer)
    actor = actor_for(stage, case, procedure, viewer)
    return actor.appointment if actor else None


def keeper_of(case: Case, procedure: Procedure, viewer: Viewer) -> Appointment | None:
    """With what appointment the viewer speaks for the office that keeps the list."""
    return next((one for one in viewer.appointments if _of_office(one, case, procedure)), None)


def needs_two(stage: Stage, procedure: Procedure) -> bool:
    """Whether two officials sign."""
    return stage.act is Act.DECIDE and procedure.officials == 2


def together(stage: Stage, first: Appointment, second: Appointment) -> Actor | None:
    """Two who sign: he acts who may, and the other stands beside; None if neither may, or they are one."""
    if first.account == second.account:
        return None
    acting, beside = first, second
    if stage.party is Party.HEAD and not acting.head:
        acting, beside = second, first
    if stage.party is Party.HEAD and not acting.head:
        return None
    return Actor(stage.party, acting, beside)


def _of_office(one: Appointment, case: Case, procedure: Procedure) -> bool:
    covers = one.authority == case.authority and case.division.startswith(one.division)
    return covers and one.level in procedure.levels


def _competent(one: Appointment, party: Party, case: Case, procedure: Procedure) -> bool:
    if party is Party.SUPERIOR:
        above = _LEVELS[_LEVELS.index(procedure.reviewed_by) :] if procedure.reviewed_by else ()
        covers = one.authority == case.authority and case.division.startswith(one.division)
        return covers and one.level in above
    if party is Party.HEAD:
        return one.head and _of_office(one, case, procedure)
    return party is Party.OFFICIAL and _of_office(one, case, procedure)
