"""Random steps by random actors on random days: no course of a case gets past what the law holds.

Whatever is tried, in whatever order, on every procedure that the packs have: `make deep-test` tries more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodstanding.catalogue.loading import builtin_names, load_pack
from goodstanding.catalogue.procedure import Act, CaseKind, IfLate, Party, Procedure, Stage
from goodstanding.core.errors import Refusal
from goodstanding.procedures.course import Course
from goodstanding.procedures.deed import ADVERSE, BY_LAW, ENDING, Deed, Outcome, outcomes_of
from tests.unit.procedures.depth import cases

FIRST = date(2026, 1, 5)
_DAYS = st.integers(0, 40)


@cache
def procedures() -> tuple[Procedure, ...]:
    """All of all packs, and each again as if its law said what follows from silence."""
    stated = [one for name in builtin_names() for one in load_pack(name).procedures]
    return (*stated, *(silent for one in stated if (silent := where_silence_speaks(one)) != one))


def where_silence_speaks(procedure: Procedure) -> Procedure:
    """An application that counts as granted, a proposed listing that lapses, where the authority lets its term pass."""
    lists = procedure.kind is CaseKind.LISTING
    term = next((one.within for one in procedure.stages if one.act is Act.DECIDE and one.within), None)
    if procedure.kind is CaseKind.COMMITMENT or (term is None and not lists):
        return procedure
    term = term or next(one.within for one in procedure.stages if one.within)
    follows = IfLate.LAPSES if lists else IfLate.GRANTED
    acts = (Act.REVIEW, Act.DECIDE) if lists else (Act.DECIDE,)
    starts = procedure.stages[0].act
    stages = (
        replace(one, within=replace(term, starts=starts), if_late=follows) if one.act in acts else one
        for one in procedure.stages
    )
    return replace(procedure, stages=tuple(stages))


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
        if draw(st.integers(0, 5)) == 0:
            party, outcome = Party.LAW, draw(st.sampled_from([*BY_LAW.values(), outcome]))
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
                due=draw(st.sampled_from([None, *(day - timedelta(days=ago) for ago in (-3, 0, 1, 9))])),
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
        if one.party is Party.LAW and course.deeds[-1].outcome is Outcome.GRANTED:
            course = course.after(Deed(Act.LIFT, course.deeds[-1].on, Party.LAW))
    return course


@settings(max_examples=cases(5000))
@given(tries())
def test_no_random_steps_get_past_the_law(tried: tuple[Procedure, list[Deed]]) -> None:
    procedure, deeds = tried
    course = played(procedure, deeds)
    done = course.deeds
    acts = [one.act for one in done]
    assert [one.on for one in done] == sorted(one.on for one in done), "no step lies before another"
    by_law = [one for one in done if one.party is Party.LAW]
    others = [one for one in done if one.party is not Party.LAW]
    stages = [(procedure.stage(one.act), one) for one in others]
    assert all(stage is not None and stage.party is one.party for stage, one in stages)
    hold_the_law_to_what_it_says(procedure, others, by_law)
    assert not any(one.outcome in ENDING for one in done[:-1]), "nothing follows an end"
    for place, one in enumerate(done):
        before = done[:place]
        if one.act is Act.DECIDE and procedure.kind is CaseKind.LISTING and one.party is not Party.LAW:
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


def hold_the_law_to_what_it_says(procedure: Procedure, others: list[Deed], by_law: list[Deed]) -> None:
    """It speaks where it is stated, after the term, last of all; and where it speaks nobody else does so late."""
    states = {one.act: BY_LAW[one.if_late] for one in procedure.stages if one.law_of_silence}
    assert not any(one.due and one.on > one.due for one in others if one.act in states)
    if by_law:
        first, *rest = by_law
        assert states[first.act] is first.outcome and first.due is not None and first.on > first.due
        assert first.act not in [one.act for one in others], "who acted was not silent"
        assert [one.act for one in rest] == ([Act.LIFT] if first.outcome is Outcome.GRANTED else [])
        assert Course(procedure, (*others, *by_law)).closed


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


@settings(max_examples=cases(500))
@given(tries(), st.integers(-3, 9))
def test_an_authority_that_is_silent_is_followed_by_the_law_from_the_day_after_its_term_on(
    tried: tuple[Procedure, list[Deed]], away: int
) -> None:
    procedure = where_silence_speaks(tried[0])
    course = Course(procedure).after(Deed(procedure.stages[0].act, FIRST, procedure.stages[0].party))
    for stage in (one for one in procedure.stages if one.law_of_silence):
        day = FIRST + timedelta(days=5 + away)
        deed = Deed(stage.act, day, Party.LAW, BY_LAW[stage.if_late], due=FIRST + timedelta(days=5))
        if away <= 0:
            with pytest.raises(Refusal, match="GS-CASE-016"):
                course.after(deed)
        else:
            granted = course.after(deed)
            assert granted.decided is (deed.outcome is Outcome.GRANTED)
            assert not granted.next(day), "nobody goes on but the law"
