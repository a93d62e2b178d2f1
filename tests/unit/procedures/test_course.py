"""Random steps by random actors on random days: no course of a case gets past what the law holds.

Whatever is tried, in whatever order, on every procedure that the packs have: `make deep-test` tries more.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from goodstanding.catalogue.loading import builtin_names, load_pack
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Stage
from goodstanding.core.errors import Refusal
from goodstanding.procedures.course import Course
from goodstanding.procedures.deed import ADVERSE, ENDING, Deed, Outcome, outcomes_of
from tests.unit.procedures.depth import cases

FIRST = date(2026, 1, 5)
_DAYS = st.integers(0, 40)


@cache
def procedures() -> tuple[Procedure, ...]:
    """All of all packs."""
    return tuple(one for name in builtin_names() for one in load_pack(name).procedures)


@st.composite
def tries(draw: st.DrawFn) -> tuple[Procedure, list[Deed]]:
    """A procedure, and what somebody tries: mostly an act of its stages, by whom it names, on days that go on."""
    procedure = draw(st.sampled_from(procedures()))
    day = FIRST
    deeds = []
    for _ in range(draw(st.integers(1, 25))):
        wild = draw(st.integers(0, 9)) == 0
        stage = draw(st.sampled_from(procedure.stages))
        act = draw(st.sampled_from(tuple(Act))) if wild else stage.act
        party = draw(st.sampled_from(tuple(Party))) if wild else stage.party
        fitting = sorted(outcomes_of(procedure.kind, act))
        outcome = draw(st.sampled_from(tuple(Outcome) if wild else fitting))
        day += timedelta(days=draw(_DAYS) // 8)
        served = day - timedelta(days=draw(st.integers(-1, 3)))
        deeds.append(
            Deed(
                act,
                day if not wild else day - timedelta(days=draw(_DAYS)),
                party,
                outcome,
                served_on=draw(st.sampled_from([served, served, None])),
                open_until=draw(st.sampled_from([served + timedelta(days=7), None])),
                effective_from=draw(st.sampled_from([served, None])),
                effective_to=draw(st.sampled_from([served + timedelta(days=900), None])),
            )
        )
    return procedure, deeds


def played(procedure: Procedure, deeds: list[Deed]) -> Course:
    """What comes of trying them all."""
    course = Course(procedure)
    for one in deeds:
        try:
            course = course.after(one)
        except Refusal:
            continue
    return course


@settings(max_examples=cases(5000))
@given(tries())
def test_no_random_steps_get_past_the_law(tried: tuple[Procedure, list[Deed]]) -> None:
    procedure, deeds = tried
    course = played(procedure, deeds)
    done = course.deeds
    acts = [one.act for one in done]
    assert [one.on for one in done] == sorted(one.on for one in done), "no step lies before another"
    assert all(procedure.stage(one.act) and procedure.stage(one.act).party is one.party for one in done)  # type: ignore[union-attr]
    assert not any(one.outcome in ENDING for one in done[:-1]), "nothing follows an end"
    for place, one in enumerate(done):
        before = done[:place]
        if one.act is Act.DECIDE and procedure.kind is CaseKind.LISTING:
            notice = next(old for old in before if old.act is Act.SERVE_NOTICE)
            assert notice.open_until is not None and one.on > notice.open_until
            assert Act.ASK_HEARING not in acts[:place] or Act.HOLD_HEARING in acts[:place]
        if one.act in (Act.SERVE_DECISION, Act.PUBLISH, Act.LIFT) and procedure.stage(Act.DECIDE):
            assert Act.DECIDE in acts[:place]
        if one.effective_from is not None and one.effective_to is not None and one.act is Act.SERVE_DECISION:
            assert one.served_on is not None
            decision = next(old for old in before if old.act is Act.DECIDE)
            if decision.outcome is Outcome.LISTED:
                assert one.served_on <= one.effective_from < one.effective_to
    if course.decided:
        decided = course.done(Act.DECIDE)
        assert decided is not None and decided.outcome not in ADVERSE


@settings(max_examples=cases(500))
@given(tries())
def test_what_comes_next_can_be_done_and_what_is_closed_stays_so(tried: tuple[Procedure, list[Deed]]) -> None:
    course = played(*tried)
    on = course.deeds[-1].on if course.deeds else FIRST
    later = on + timedelta(days=60)
    assert course.closed == (not course.next(later)), "an open case can always go on, and a closed one never"
    assert course.next(later) == tuple(one for one in tried[0].stages if can_be_taken(course, one, later))


def can_be_taken(course: Course, stage: Stage, on: date) -> bool:
    """Whether a stage is admitted when somebody simply tries it, with all that it must state."""
    outcome = min(outcomes_of(course.procedure.kind, stage.act))
    until = on + timedelta(days=900)
    try:
        course.after(Deed(stage.act, on, stage.party, outcome, on, until, on, until))
    except Refusal:
        return False
    return True


def test_every_procedure_that_lists_comes_from_candidate_to_removal() -> None:
    listing = [one for one in procedures() if one.kind is CaseKind.LISTING]
    assert listing
    for procedure in listing:
        course, day = Course(procedure), FIRST
        for stage in procedure.stages:
            if stage.act in (Act.ASK_HEARING, Act.HOLD_HEARING) or (
                stage.optional and stage.act is not Act.STATE
            ):
                continue
            day += timedelta(days=1 if stage.act is not Act.DECIDE else 30)
            good = {Act.REVIEW: Outcome.GO_ON, Act.ACCEPT: Outcome.ACCEPTED, Act.CONFIRM: Outcome.CONFIRMED}
            outcome = Outcome.LISTED if stage.act is Act.DECIDE else good.get(stage.act, Outcome.NONE)
            until = day + timedelta(days=10)
            course = course.after(Deed(stage.act, day, stage.party, outcome, day, until, day, until))
        assert course.closed and course.decided, procedure.path
