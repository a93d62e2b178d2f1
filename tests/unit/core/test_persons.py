"""A personal number in any text is found, its kind is told, and the number itself never is."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum.br import cnpj
from stdnum.br import cpf as stdnum_cpf
from stdnum.cn import ric

from goodstanding.core.identifiers import Usci, scheme
from goodstanding.core.identifiers.persons import personal_number_in, suspect_sql

WIDE = str.maketrans("0123456789Xx.-/ ", "０１２３４５６７８９Ｘｘ．－／\u3000")
ENGINE = duckdb.connect()


def identity(rng: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(33000))
    body = f"{rng.choice([110105, 350102, 440306, 650104])}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return body + ric.calc_check_digit(body + "0")


def cpf(rng: random.Random) -> str:
    body = f"{rng.randrange(1, 10**9):09d}"
    return body + stdnum_cpf._calc_check_digits(body)


def dressed(value: str) -> list[str]:
    """The ways in which a number is written."""
    if len(value) == 18:
        return [
            value,
            value.lower(),
            f"{value[:6]} {value[6:14]} {value[14:]}",
            f"{value[:6]}-{value[6:14]}-{value[14:]}",
        ]
    dotted = f"{value[:3]}.{value[3:6]}.{value[6:9]}"
    return [
        value,
        f"{dotted}-{value[9:]}",
        f"{dotted}/{value[9:]}",
        f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}",
    ]


numbers = st.builds(
    lambda maker, seed, way, wide: (
        dressed(maker(random.Random(seed)))[way].translate(WIDE if wide else {}),
        "cn-identity-number" if maker is identity else "cpf",
    ),
    st.sampled_from([identity, cpf]),
    st.integers(),
    st.integers(0, 3),
    st.booleans(),
)


def suspected(texts: list[str]) -> list[bool]:
    ENGINE.register("given", pa.table({"t": texts, "n": range(len(texts))}))
    return [
        bool(row[0]) for row in ENGINE.execute(f"SELECT {suspect_sql('t')} FROM given ORDER BY n").fetchall()
    ]


@given(numbers, st.text(max_size=12), st.text(max_size=12))
def test_a_number_is_found_in_free_text(number: tuple[str, str], before: str, after: str) -> None:
    text, kind = number
    around = f"{before}:{text};{after}"
    # Two numbers may come to stand in one text by chance; some number is found in any case.
    assert personal_number_in(f"身份证{text}。") == kind
    assert personal_number_in(around) is not None
    assert suspected([around, text]) == [True, True]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11010519491231002X", "cn-identity-number"),
        ("11010519491231002x", "cn-identity-number"),
        ("１１０１０５１９４９１２３１００２Ｘ", "cn-identity-number"),
        ("１１０１０５１９４９１２３１００２ｘ", "cn-identity-number"),
        ("法定代表人11010519491231002X张某", "cn-identity-number"),
        ("110105 19491231 002X", "cn-identity-number"),
        ("JOSE DA SILVA 39053344705", "cpf"),
        ("JOSE DA SILVA 390.533.447-05", "cpf"),
        ("390533447-05", "cpf"),
        ("1a39053344705", "cpf"),
        ("12345678901 39053344705", "cpf"),
        ("110105194912310021", None),  # check character
        ("110105194913310020", None),  # month 13
        ("11010519490230002X", None),  # 30 February
        ("010105194912310026", None),  # no province begins with 0
        ("011010519491231002X", "cn-identity-number"),  # zeros before it hide nothing
        ("211010519491231002X", None),  # inside a longer run
        ("139053344705", None),
        ("390533447051", None),
        ("39053344706", None),
        ("390.533.447-0", None),
        ("", None),
        ("91350100M000100Y43", None),
        ("12.345.678/0001-95", None),
        ("2019-03-01 12:30:45", None),
    ],
)
def test_what_is_one_and_what_is_none(text: str, kind: str | None) -> None:
    assert personal_number_in(text) == kind
    if kind is not None:
        assert suspected([text]) == [True]


SPACING = ["\u2011", "\u2013", "\u2009", "  ", "\t", "\n", ".", "/", "_", ",", "\u200b", "\u200d", " - "]


@pytest.mark.parametrize("sign", SPACING, ids=[ascii(one) for one in SPACING])
@pytest.mark.parametrize(
    "sizes", [(6, 8, 4), (4, 4, 4, 4, 2), (6, 6, 6), (3, 3, 4, 4, 4), (1,) * 18, (17, 1), (6, 4, 2, 2, 4)]
)
def test_an_identity_number_is_found_however_it_is_cut(sign: str, sizes: tuple[int, ...]) -> None:
    rng = random.Random(7)
    texts = [cut(one, sizes, sign) for one in ["11010519491231002X", *(identity(rng) for _ in range(20))]]
    texts += [f"身份证号：{text}（张某）" for text in texts]
    assert {personal_number_in(text) for text in texts} == {"cn-identity-number"}
    assert all(suspected(texts))


@pytest.mark.parametrize(
    ("sign", "sizes"),
    [
        (sign, sizes)
        for sign in SPACING
        for sizes in [(3, 3, 3, 2), (1,) * 11, (9, 2), (9, 1, 1), (10, 1), (4, 4, 3)]
        if (sign, sizes) != (",", (9, 2))  # an amount of money with two decimals
    ],
    ids=ascii,
)
def test_a_cpf_is_found_in_the_groups_that_people_write(sign: str, sizes: tuple[int, ...]) -> None:
    rng = random.Random(7)
    texts = [cut(cpf(rng), sizes, sign) for _ in range(20)]
    texts += [f"José {text}" for text in texts]
    assert {personal_number_in(text) for text in texts} == {"cpf"}
    assert all(suspected(texts))


@pytest.mark.parametrize(
    "text",
    [
        "110105 1949-12-31 002X",
        "110105 1949-12-31 002-X",
        "1101 0519 4912 3100 2X",
        "11010519491231 002 x",
        "11010519491231002 Х",  # Cyrillic
        "11010519491231002х",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
        "𝟏𝟏𝟎𝟏𝟎𝟓𝟏𝟗𝟒𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟐𝐗",
        "①①⓪①⓪⑤①⑨④⑨①②③①⓪⓪②X",
        "0110105 19491231 002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105·19491231·002X",
        "1\u0336101051949\u00ad1231002X",
        "٣٩٠٥٣٣٤٤٧٠٥",
        "390,533,447-05",
        "390_533_447_05",
        "Rua 5, 3 9 0 5 3 3 4 4 7 0 5",
        "00039053344705",
        "0390.533.447-05",
        "39053344705xyz",
    ],
)
def test_no_spelling_hides_a_number(text: str) -> None:
    assert personal_number_in(text) is not None
    assert suspected([text]) == [True]


def cut(value: str, sizes: tuple[int, ...], sign: str) -> str:
    ends = [sum(sizes[: at + 1]) for at in range(len(sizes))]
    return sign.join(value[end - size : end] for size, end in zip(sizes, ends, strict=True))


def test_dates_amounts_and_telephones_are_seldom_taken_for_a_person() -> None:
    """Fewer than one in a thousand, though one number of eleven digits in a hundred is a CPF."""
    rng = random.Random(3)
    made = []
    for _ in range(3000):
        day = f"{rng.randrange(1990, 2026)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        phone = f"1{rng.randrange(3, 10)}{rng.randrange(10**9):09d}"
        made += [
            f"{day} {rng.randrange(100):02d} {rng.randrange(1000):03d} {rng.randrange(100):02d}",
            f"{day} {rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}",
            f"{day}, {rng.randrange(10**6)}, {rng.randrange(10**4)}",
            f"{phone[:3]} {phone[3:7]} {phone[7:]}",
            f"{phone[:2]} {phone[2:7]}-{phone[7:]}, 0591-{phone[2:10]}",
            f"{rng.randrange(10**9):,}.{rng.randrange(100):02d}",
            f"{rng.randrange(10**9):,}".replace(",", ".") + f",{rng.randrange(100):02d}",
        ]
    for kind in range(7):
        part = made[kind::7]
        found = [text for text in part if personal_number_in(text) is not None]
        assert len(found) <= len(part) / 1000, found


def test_a_place_of_birth_that_no_table_knows_does_not_hide_a_number() -> None:
    body = "990199" + "19800101" + "123"
    assert personal_number_in(body + ric.calc_check_digit(body + "0")) == "cn-identity-number"


def both_forms(prefix: str) -> list[str]:
    """Numbers valid as an identity number and as a USCI, its inner organisation code included."""
    found = []
    for day in range(1, 29):
        for serial in range(1000):
            body = f"{prefix}198001{day:02d}{serial:03d}"
            value = body + ric.calc_check_digit(body + "0")
            if scheme("usci").fault(value) is None and Usci.parse(value).organisation_code_fault is None:
                found.append(value)
    assert found
    return found


def test_an_organisations_number_of_the_same_form_is_none_when_it_stands_alone() -> None:
    for value in both_forms("911101"):
        assert personal_number_in(value) is None
        assert personal_number_in(f" {value}\n") is None
        assert personal_number_in(f"张某 {value}") == "cn-identity-number"
        assert personal_number_in(f"{value[:6]} {value[6:14]} {value[14:]}") == "cn-identity-number"


@pytest.mark.parametrize("prefix", ["350102", "110105", "440306", "941101", "111601"])
def test_a_persons_number_is_not_excused_by_what_no_organisation_has(prefix: str) -> None:
    """Provinces 01, 03 and 16 do not exist, nor does a category 4 of authority 9 or of authority 4."""
    for value in both_forms(prefix):
        assert personal_number_in(value) == "cn-identity-number"


def test_an_organisations_number_whose_inner_code_disagrees_does_not_excuse_a_persons() -> None:
    tried = 0
    for serial in range(1000):
        body = f"91110119800101{serial:03d}"
        value = body + ric.calc_check_digit(body + "0")
        if scheme("usci").fault(value) is None and Usci.parse(value).organisation_code_fault is not None:
            tried += 1
            assert personal_number_in(value) == "cn-identity-number"
    assert tried


def test_no_cnpj_is_taken_for_a_person() -> None:
    rng = random.Random(5)
    for _ in range(3000):
        body = f"{rng.randrange(1, 10**12):012d}"
        value = body + cnpj.calc_check_digits(body)
        assert personal_number_in(value) is None
        assert personal_number_in(cnpj.format(value)) is None
        assert personal_number_in(f"CNPJ {cnpj.format(value)}") is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.text(st.sampled_from("0123456789０５９Xｘ .-/．－\u3000\u00a0a中"), min_size=9, max_size=40),
            st.builds(lambda number, text: text[:4] + number[0] + text[4:], numbers, st.text(max_size=8)),
            st.builds(lambda one, other: one[0] + " " + other[0], numbers, numbers),
        ),
        min_size=1,
        max_size=80,
    )
)
@example(["39053344705\n", "\n39053344705", "1\n39053344705", "\x0039053344705"])
def test_the_prefilter_misses_nothing(texts: list[str]) -> None:
    for text, suspect in zip(texts, suspected(texts), strict=True):
        assert suspect or personal_number_in(text) is None


def test_the_prefilter_misses_nothing_of_thousands_and_lets_almost_all_else_pass() -> None:
    rng = random.Random(23)
    real = [way for maker in (identity, cpf) for _ in range(1000) for way in dressed(maker(rng))]
    assert all(suspected([f"{rng.choice(['', '电话', 'a ', '-'])}{text}" for text in real]))
    from goodstanding.core.identifiers.usci import check_character

    others = []
    for _ in range(5000):
        body = f"91{rng.randrange(110000, 660000)}{rng.randrange(10**9):09d}"
        others.append(body + check_character(body))
        others.append(f"{rng.randrange(10**14):014d}")
        others.append("福州某某贸易有限公司")
    assert sum(suspected(others)) < len(others) / 100


def test_a_column_of_plain_numbers_is_judged_without_asking_again() -> None:
    rng = random.Random(31)
    numbers = [f"{rng.randrange(10**11):011d}" for _ in range(4000)] + [cpf(rng) for _ in range(500)]
    for _ in range(4000):
        known = identity(rng)
        numbers += [known, known[:17] + rng.choice("0123456789X")]
    found = [personal_number_in(number) is not None for number in numbers]
    judged = suspected(numbers)
    assert all(suspect for suspect, person in zip(judged, found, strict=True) if person)
    excess = [n for n, suspect, person in zip(numbers, judged, found, strict=True) if suspect and not person]
    assert len(excess) < len(numbers) / 1000


def test_a_column_of_amounts_is_judged_without_asking_again() -> None:
    rng = random.Random(11)
    amounts = [
        f"{sign}{rng.randrange(10**8, 10**9)}.{rng.randrange(100):02d}{unit}"
        for sign in ("", "-")
        for unit in ("", "元")
        for _ in range(500)
    ]
    found = [personal_number_in(one) is not None for one in amounts]
    judged = suspected(amounts)
    assert all(suspect for suspect, person in zip(judged, found, strict=True) if person)
    assert sum(judged) < len(amounts) / 25
    valid = cpf(rng)
    assert suspected([f"{valid[:9]}.{valid[9:]}"]) == [True]


def test_null_is_not_suspect() -> None:
    assert ENGINE.execute(f"SELECT {suspect_sql('v')} FROM (SELECT NULL::VARCHAR AS v)").fetchone() == (
        False,
    )


def test_the_prefilter_is_cheap() -> None:
    """A guard against a slow form: a million names in some seconds of processor time at most."""
    ENGINE.execute(
        "CREATE OR REPLACE TABLE names AS SELECT '福州第' || i || '贸易有限公司' AS t FROM range(1000000) r(i)"
    )
    started = time.process_time()
    assert ENGINE.execute(f"SELECT count(*) FILTER ({suspect_sql('t')}) FROM names").fetchone() == (0,)
    assert time.process_time() - started < 10
