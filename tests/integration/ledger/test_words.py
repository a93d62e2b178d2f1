"""The database knows a blank and a person's number as the code does."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.core.words import says_something
from goodstanding.ledger.saying import reason_of
from goodstanding.postgres import Role
from tests.integration.installation import Installation

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def test_the_same_characters_are_blank_in_the_code_and_in_the_database(installation: Installation) -> None:
    with installation.connect(Role.READER) as reader:
        rows = reader.execute(
            "SELECT code FROM generate_series(1, x'10FFFF'::int) code"
            " WHERE code NOT BETWEEN x'D800'::int AND x'DFFF'::int AND NOT ledger_says_something(chr(code))"
        ).fetchall()
        others = reader.execute(
            "SELECT ledger_says_something(NULL), ledger_says_something(''), ledger_says_something('　法\u200b')"
        ).fetchone()
    blank = {row[0] for row in rows}
    codes = (code for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
    assert blank == {code for code in codes if not says_something(chr(code))}
    assert others == (False, False, True)
    with pytest.raises(Refusal, match="GS-LEDGER-106"):
        reason_of("\u3000\u200b")


def _identity(draw: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(30000))
    body = f"{draw.choice(('110105', '330102', '510107'))}{born:%Y%m%d}{draw.randrange(1000):03}"
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def _cpf(draw: random.Random) -> str:
    digits = [draw.randrange(10) for _ in range(9)]
    for size in (9, 10):
        total = sum(digit * (size + 1 - at) for at, digit in enumerate(digits))
        digits.append((11 - total % 11) % 11 % 10)
    return "".join(map(str, digits))


def _written(draw: random.Random) -> str:
    """A number of a person, or nearly one, as somebody may write it in a sentence."""
    if draw.random() < 0.5:
        one = _identity(draw)
        parts = [one[:6], one[6:14], one[14:17], one[17:]]
        between = draw.choice(("", "", " ", "-", " - "))
    else:
        one = _cpf(draw)
        parts, between = [one[:3], one[3:6], one[6:9], one[9:]], draw.choice(("", ".", "-", " "))
    said = between.join(parts)
    if draw.random() < 0.4:  # one digit is wrong
        at = draw.randrange(len(said) - 1)
        said = said[:at] + str(draw.randrange(10)) + said[at + 1 :]
    if draw.random() < 0.2:
        said = said.translate(WIDE)
    before, after = draw.choice(
        (("", ""), ("the bearer of ", " said so"), ("身份证", "。"), ("No. 7: ", ", of 2026"))
    )
    return f"{before}{said}{after}"


def test_the_database_finds_the_numbers_of_persons_that_the_code_finds(installation: Installation) -> None:
    draw = random.Random(4)
    texts = [_written(draw) for _ in range(3000)]
    texts += [
        "91110000100000000X",
        "2026-03-02",
        "Order No. 44 of 2021, 1,234,567.89 yuan",
        "",
        "0591-55390846",
    ]
    with installation.connect(Role.READER) as reader:
        rows = reader.execute(
            "SELECT said, ledger_names_person(said) FROM unnest(%s::text[]) said", [texts]
        ).fetchall()
    wrong = [said for said, found in rows if found != (personal_number_in(str(said)) is not None)]
    assert wrong == []
    assert 1000 < sum(bool(found) for _, found in rows) < 2500
    with pytest.raises(Refusal, match="GS-LEDGER-107"):
        reason_of("as 11010519491231002X said")
