"""Invented catalogues, rulebooks and ledgers: small, and full of the days and values where engines differ."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from goodstanding.catalogue.model import (
    Absence,
    Basis,
    Field,
    FieldType,
    Item,
    Polarity,
    Retention,
    Title,
)
from goodstanding.core.dates import add_months
from goodstanding.core.reader import Access
from goodstanding.rules import model as m
from goodstanding.rules.delivered import Coverage
from goodstanding.rules.records import Record, Subject

LAW = Basis("invented")
TITLE = Title("Invented", "虚构")
CURRENCIES = ("CNY", "USD")
KINDS = ("enterprise", "establishment")


def item(name: str, absence: Absence, months: int, *, listing: bool = False) -> Item:
    """An invented item with two numbers and two codes, kept for so many months."""
    return Item(
        path=f"t/{name}",
        title=TITLE,
        category=16,
        domain="tax",
        polarity=Polarity.NEGATIVE,
        access=Access.PUBLIC,
        absence=absence,
        basis=(LAW,),
        retention=Retention(months, LAW),
        listing=listing,
        fields=(
            Field("days", TITLE, FieldType.NUMBER, 1),
            Field("share", TITLE, FieldType.NUMBER, 2),
            Field("kind", TITLE, FieldType.CODE, 1),
            Field("ground", TITLE, FieldType.CODE, 2),
        ),
    )


CATALOGUE = {
    one.path: one
    for one in (
        item("a", Absence.NONE, 12),
        item("b", Absence.NONE, 6, listing=True),
        item("c", Absence.UNKNOWN, 6),
    )
}
ITEMS = tuple(CATALOGUE)
CODES = ("x", "y", "it's", "甲")
NUMBERS = (-3, 0, 1, 9, 10, 11)
AMOUNTS = (-1, 0, 1, 4_999_999, 5_000_000, 5_000_001, 12_000_000)
DAYS = (date(2024, 2, 29), date(2024, 8, 31), date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 1))
# Days at the edges of every window that `windows` can draw, for every day in DAYS.
PAST = sorted(
    {
        add_months(one, -months) + timedelta(days=shift)
        for one in DAYS
        for months in (0, 1, 6, 12)
        for shift in (-1, 0, 1)
    }
    | {date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1), date(2022, 6, 6)}
)


def ranges(values: tuple[int, ...]) -> st.SearchStrategy[m.Range]:
    """Ranges whose bounds are among the values that records take."""
    bounds = st.tuples(st.sampled_from((None, *values)), st.sampled_from((None, *values)))

    def holds_something(pair: tuple[int | None, int | None]) -> bool:
        low, high = pair
        return low < high if low is not None and high is not None else low is not high

    return bounds.filter(holds_something).map(lambda pair: m.Range(*pair))


windows = st.builds(
    lambda span, months, used: m.Window(span, months if span is m.Span.MONTHS else None, used),
    st.sampled_from(list(m.Span)),
    st.sampled_from((1, 6, 12)),
    st.sampled_from((m.DateUsed.DECIDED_ON, m.DateUsed.DECIDED_ON, m.DateUsed.OCCURRED_ON)),
)


@st.composite
def dated(draw: st.DrawFn) -> m.DatedTest:
    """A span of days, open or not, that a date lies in or does not; its ends are days of records."""
    first, end = draw(
        st.tuples(st.sampled_from((None, *PAST)), st.sampled_from((None, *PAST))).filter(
            lambda pair: pair[0] < pair[1] if pair[0] and pair[1] else pair != (None, None)
        )
    )
    return m.DatedTest(draw(st.sampled_from(list(m.DateUsed))), first, end, draw(st.booleans()))


def selects() -> st.SearchStrategy[m.Select]:
    """Selections with no, one or several tests."""
    codes = st.one_of(
        st.just(()),
        st.builds(
            lambda name, values: (m.CodeTest(name, tuple(values)),),
            st.sampled_from(("kind", "ground")),
            st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True),
        ),
    )
    numbers = st.one_of(
        st.just(()),
        st.builds(
            lambda name, span: (m.NumberTest(name, span),),
            st.sampled_from(("days", "share")),
            ranges(NUMBERS),
        ),
    )
    return st.builds(
        m.Select,
        item=st.sampled_from(ITEMS),
        codes=codes,
        numbers=numbers,
        amount=st.one_of(
            st.none(), st.none(), st.builds(m.AmountTest, st.sampled_from(CURRENCIES), ranges(AMOUNTS))
        ),
        seriousness=st.sampled_from(((), (), (2, 3), (1,))),
        in_effect=st.sampled_from((False, False, True)),
        dated=st.one_of(st.just(()), st.just(()), st.lists(dated(), min_size=1, max_size=3).map(tuple)),
    )


measures = st.one_of(
    st.builds(m.Amount, st.sampled_from(CURRENCIES)), st.builds(m.Number, st.sampled_from(("days", "share")))
)
sizes = st.sampled_from((25, 100, 300, 1100))


@st.composite
def awards(draw: st.DrawFn, sign: int) -> m.Award:
    """Awards of one sign."""
    size = sign * draw(sizes)
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return m.Once(size)
    if kind == 1:
        unit = draw(st.sampled_from((1, 3, 1_000_000)))
        return m.Per(draw(measures), unit, size, draw(st.booleans()))
    if kind == 2:
        brackets = (
            m.Bracket(m.Range(None, 1), sign * 100),
            m.Bracket(m.Range(1, 10), 0),
            m.Bracket(m.Range(11, 5_000_000), sign * 300),
        )
        return m.Table(draw(measures), brackets)
    if kind == 3:
        two = (m.Bracket(m.Range(2, 3), sign * 50), m.Bracket(m.Range(3, None), sign * 250))
        return m.Table(m.CountOfRecords(), two)
    if kind == 4:
        return m.NotStated(sign < 0, draw(st.sampled_from((None, 300))))
    return m.Each(size)


@st.composite
def rules(draw: st.DrawFn, number: int, sections: tuple[str, ...]) -> m.Rule:
    """A rule with or without a cap."""
    sign = draw(st.sampled_from((-1, -1, 1)))
    award = draw(awards(sign))
    smallest = min(abs(one) for one in m.all_points(award) if one)
    cap = draw(st.sampled_from((None, sign * smallest, sign * (2 * smallest + 25))))
    return m.Rule(
        id=f"r{number}",
        title=TITLE,
        basis=(LAW,),
        select=draw(selects()),
        window=draw(windows),
        award=award,
        cap=cap,
        section=draw(st.sampled_from((None, *sections))),
    )


@st.composite
def judged(
    draw: st.DrawFn, number: int, found: tuple[m.Fact, ...], sections: tuple[str, ...]
) -> m.JudgedRule:
    """Points for who meets a condition."""
    return m.JudgedRule(
        id=f"r{number}",
        title=TITLE,
        basis=(LAW,),
        when=draw(conditions(found, points=False)),
        points=draw(st.sampled_from((-1, 1))) * draw(sizes),
        section=draw(st.sampled_from((None, *sections))),
    )


@st.composite
def measured(
    draw: st.DrawFn, number: int, found: tuple[m.Fact, ...], sections: tuple[str, ...]
) -> m.MeasuredRule:
    """Points by a fact's number, with or without a cap; brackets with gaps, and none below or above."""
    sign = draw(st.sampled_from((-1, 1)))
    size = sign * draw(sizes)
    award: m.PerUnit | m.FactTable
    if draw(st.booleans()):
        award = m.PerUnit(
            draw(st.sampled_from((1, 3, 10))), size, draw(st.sampled_from((-3, 0, 9))), draw(st.booleans())
        )
    else:
        ends = draw(st.sampled_from(((None, 1, 10, None), (0, 1, 10, 11), (None, 9, 9, 5_000_000))))
        award = m.FactTable(
            (m.Bracket(m.Range(*ends[:2]), sign * 100), m.Bracket(m.Range(*ends[2:]), size))
            if draw(st.booleans())
            else (m.Bracket(m.Range(ends[0], 5), size), m.Bracket(m.Range(5, ends[3]), 0))
        )
    return m.MeasuredRule(
        id=f"r{number}",
        title=TITLE,
        basis=(LAW,),
        fact=draw(st.sampled_from([one.id for one in found if not m.is_code(one)])),
        award=award,
        cap=draw(st.sampled_from((None, sign * 100, sign * 725))),
        section=draw(st.sampled_from((None, *sections))),
    )


@st.composite
def any_rules(
    draw: st.DrawFn, number: int, found: tuple[m.Fact, ...], sections: tuple[str, ...]
) -> m.AnyRule:
    """A rule of any sort: by records, by a condition, or by a fact if there is one."""
    kind = draw(st.integers(0, 3))
    if kind == 2:
        return draw(judged(number, found, sections))
    if kind == 3 and any(not m.is_code(one) for one in found):
        return draw(measured(number, found, sections))
    return draw(rules(number, sections))


@st.composite
def facts(draw: st.DrawFn) -> tuple[m.Fact, ...]:
    """Some facts, the last of them resting on the others."""
    found: list[m.Fact] = []
    for number in range(draw(st.integers(0, 3))):
        name = f"f{number}"
        kind = draw(st.integers(0, 5))
        parts = (name, TITLE, draw(selects()), draw(windows))
        none = draw(st.sampled_from((None, 0, 10)))
        if kind == 0:
            found.append(m.Count(*parts))
        elif kind == 5:
            found.append(m.Count(*parts, distinct=draw(st.sampled_from(("kind", "ground")))))
        elif kind == 1:
            found.append(m.Sum(*parts, draw(measures)))
        elif kind == 2:
            found.append(m.Largest(*parts, draw(measures), none))
        else:
            found.append(m.Latest(*parts, draw(measures), none))
    if found:
        names = tuple(one.id for one in found)
        found.append(m.SumOf("s", TITLE, names))
        found.append(m.LargestOf("l", TITLE, (*names, "s")))
        found += draw(fractions((*names, "s", "l")))
    if draw(st.booleans()):
        none_code = draw(st.sampled_from((None, "x")))
        found.append(m.Latest("code", TITLE, draw(selects()), draw(windows), m.Code("kind"), none_code))
    return tuple(found)


@st.composite
def fractions(draw: st.DrawFn, names: tuple[str, ...]) -> list[m.Fact]:
    """A ratio and a weighted sum of other facts, or one of them, or none; the sum may rest on the ratio."""
    found: list[m.Fact] = []
    rounding = st.sampled_from(list(m.Rounding))
    if draw(st.booleans()):
        part, whole = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        per = draw(st.sampled_from((1, 100, 10_000)))
        found.append(
            m.RatioOf("q", TITLE, part, whole, per, draw(rounding), draw(st.sampled_from((None, 0, 10))))
        )
        names = (*names, "q")
    if draw(st.booleans()):
        weights = st.sampled_from(((3, 10), (-1, 1), (1, 3), (-7, 2), (5, 6)))
        parts = [
            m.Weight(draw(st.sampled_from(names)), *draw(weights)) for _ in range(draw(st.integers(1, 3)))
        ]
        found.append(m.WeightedOf("w", TITLE, tuple(parts), draw(rounding)))
    return found


def conditions(found: tuple[m.Fact, ...], *, points: bool) -> st.SearchStrategy[m.Condition]:
    """Conditions over these facts."""
    leaf: list[st.SearchStrategy[m.Condition]] = [
        st.builds(m.Exists, selects(), windows),
        st.builds(m.RegisteredFor, ranges((1, 6, 12))),
    ]
    numbers = [one.id for one in found if not m.is_code(one)]
    if numbers:
        leaf.append(st.builds(m.FactIn, st.sampled_from(numbers), ranges(NUMBERS)))
    if any(m.is_code(one) for one in found):
        leaf.append(st.builds(m.FactIs, st.just("code"), st.sampled_from((("x",), ("y", "甲")))))
    if points:
        leaf.append(st.builds(m.PointsIn, ranges((0, 4000, 7000, 9000))))
    return st.recursive(
        st.one_of(leaf),
        lambda inner: st.one_of(
            st.builds(m.All, st.tuples(inner, inner)),
            st.builds(m.Any, st.tuples(inner, inner)),
            st.builds(m.Not, inner),
            st.builds(m.AtLeastOf, st.just(2), st.tuples(inner, inner, inner)),
        ),
        max_leaves=4,
    )


@st.composite
def rulebooks(draw: st.DrawFn) -> m.Rulebook:
    """A whole rulebook, by a total or by facts alone."""
    found = draw(facts())
    has_points = draw(st.sampled_from((True, True, False))) or not found
    sections: tuple[m.Section, ...] = ()
    if has_points and draw(st.booleans()):
        sections = (
            m.Section("one", TITLE, draw(st.sampled_from((None, -500))), 500),
            m.Section("two", TITLE, -1000, None),
        )
    start: tuple[m.Start, ...] = ()
    if has_points:
        start = (m.Start(draw(st.sampled_from((0, 9000, 10000)))),)
        if draw(st.booleans()):
            start = (m.Start(8000, draw(conditions(found, points=False))), *start)
    names = tuple(one.id for one in sections)
    many = draw(st.integers(1, 5)) if has_points else 0
    drawn = tuple(draw(any_rules(number, found, names)) for number in range(many))
    kind = draw(st.integers(0, 3))
    grading: m.Bands | m.Ladder | m.Total
    numbers = [one.id for one in found if not m.is_code(one)]
    if kind == 3 and has_points:
        grading = m.Total()
    elif kind == 0 or (kind == 1 and not (numbers or has_points)):
        steps = [
            m.Step(grade, draw(conditions(found, points=has_points)))
            for grade in draw(st.sampled_from((("A",), ("A", "B"), ("A", "B", "A"))))
        ]
        grading = m.Ladder((*steps, m.Step("C", None)))
    elif numbers and (kind == 1 or not has_points):
        grading = m.Bands(
            (m.Band("A", m.Range(0, 9)), m.Band("B", m.Range(9, 11)), m.Band("C", m.Range(11, 5_000_000))),
            draw(st.sampled_from(numbers)),
        )
    elif has_points:
        grading = m.Bands(
            (m.Band("A", m.Range(9000)), m.Band("B", m.Range(7000, 9000)), m.Band("C", m.Range(None, 7000)))
        )
    else:
        grading = m.Ladder((m.Step("A", draw(conditions(found, points=False))), m.Step("C", None)))
    overrides = tuple(
        m.Override(f"o{number}", TITLE, (LAW,), draw(conditions(found, points=has_points)), grade)
        for number, grade in enumerate(draw(st.sampled_from(((), ("D",), ("D", "A")))))
    )
    bars: tuple[m.Bar, ...] = ()
    if draw(st.booleans()):
        best = draw(st.sampled_from(grading.grades))
        bars = (m.Bar("bar", TITLE, (LAW,), draw(conditions(found, points=has_points)), best),)
    return m.Rulebook(
        path="t/invented",
        kind=m.Kind.INDEX if isinstance(grading, m.Total) else m.Kind.GRADE,
        title=TITLE,
        authority="t/nobody",
        basis=(LAW,),
        in_force_from=date(2000, 1, 1),
        in_force_to=None,
        subject_kinds=("enterprise",),
        start=start,
        rules=drawn,
        facts=found,
        grading=grading,
        sections=sections,
        floor=draw(st.sampled_from((None, 0))) if has_points else None,
        ceiling=draw(st.sampled_from((None, 10000))) if has_points else None,
        overrides=overrides,
        bars=bars,
    )


@st.composite
def lists(draw: st.DrawFn) -> m.Rulebook:
    """A list: who meets an exception is on it in no case, who meets a criterion is a candidate."""
    found = draw(facts())
    grades = draw(st.sampled_from(((), ("none",), ("candidate", "candidate"), ("none", "candidate"))))
    overrides = tuple(
        m.Override(f"o{number}", TITLE, (LAW,), draw(conditions(found, points=False)), grade)
        for number, grade in enumerate(grades)
    )
    return m.Rulebook(
        path="t/list",
        kind=m.Kind.LIST,
        title=TITLE,
        authority="t/nobody",
        basis=(LAW,),
        in_force_from=date(2000, 1, 1),
        in_force_to=None,
        subject_kinds=("enterprise",),
        start=(),
        rules=(),
        facts=found,
        grading=m.Ladder((m.Step("none", None),)),
        overrides=overrides,
        of_list="t/b",
    )


days = st.one_of(st.sampled_from(PAST), st.sampled_from(PAST), st.sampled_from(PAST), st.none())


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Subject], list[tuple[int, Record]], tuple[tuple[int, int], ...]]:
    """Subjects, their records (ids in no order, days that tie), and merges."""
    subjects = [
        Subject(number, draw(st.sampled_from((*KINDS[:1] * 5, KINDS[1]))), draw(days))
        for number in range(1, 7)
    ]
    many = draw(st.integers(0, 24))
    decided = draw(st.sampled_from((days, st.sampled_from(PAST))))  # an extract may state it everywhere
    ids = draw(st.permutations(range(1, many + 1)))
    records = []
    for number in ids:
        record = Record(
            record_id=number,
            item=draw(st.sampled_from(ITEMS)),
            occurred_on=draw(days),
            decided_on=draw(decided),
            effective_from=draw(days),
            effective_to=draw(st.one_of(st.none(), days)),
            amount=draw(st.sampled_from((None, *AMOUNTS))),
            currency=draw(st.sampled_from((None, "CNY", "CNY", "USD"))),
            seriousness=draw(st.sampled_from((None, 1, 2, 3))),
            access=draw(st.sampled_from((None, 0, 0, 0, 1, 2))),
            numbers=(
                draw(st.sampled_from((None, *NUMBERS))),
                draw(st.sampled_from((None, *NUMBERS))),
                None,
                None,
            ),
            codes=(
                draw(st.sampled_from((None, *CODES, "z"))),
                draw(st.sampled_from((None, *CODES))),
                None,
                None,
            ),
            counts_until=draw(st.sampled_from((None, None, None, date(1, 1, 1), *PAST[::7]))),
        )
        records.append((draw(st.integers(1, 6)), record))
    merges = draw(st.sampled_from(((), ((2, 1),), ((2, 1), (3, 2)))))
    return subjects, records, merges


def coverages() -> st.SearchStrategy[Coverage | None]:
    """What deliveries tell of: nothing said of it; or, of some items, spans that touch, overlap or leave gaps."""
    span = st.tuples(st.sampled_from(PAST), st.sampled_from((*PAST, date.max))).filter(
        lambda pair: pair[0] < pair[1]
    )
    spans = st.one_of(st.just([(date.min, date.max)]), st.lists(span, max_size=3))
    return st.one_of(st.none(), st.dictionaries(st.sampled_from(ITEMS), spans, max_size=3))
