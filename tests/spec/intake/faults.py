"""Two hundred faults, one of each kind: what an authority's file can get wrong, and what must be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.br import cpf
from stdnum.cn import ric

from tests.spec.intake.penalties import COLUMNS, line, row, usci

REFUSED, REPORTED, NOTE = "refused", "reported", "note"


def identity_number(body: str = "11010119900307123") -> str:
    """A checksum-valid identity number of nobody."""
    return body + str(ric.calc_check_digit(body + "0"))


def cpf_number(body: str = "123456789", *, dotted: bool = True) -> str:
    """A checksum-valid CPF of nobody."""
    first = next(f"{body}{two:02d}" for two in range(100) if cpf.is_valid(f"{body}{two:02d}"))
    return cpf.format(first) if dotted else first


SECRETS = (
    identity_number(),
    cpf_number(),
    cpf_number(dotted=False),
    "张三丰烧烤店个体工商户",
    "At home with Mary",
)
"""What may be found nowhere afterwards."""


@dataclass(frozen=True)
class Fault:
    """A row with one fault.

    Args:
        name: what is wrong, in words.
        rule: code that the report must state.
        column: that it must name; empty for the row as a whole.
        value: the cell's text, shown as it stands unless `hidden`.
        outcome: what becomes of the row.
        hidden: whether the value may not be shown.
        text: the whole line, where the fault is none of a cell.
    """

    name: str
    rule: str
    column: str = ""
    value: str = ""
    outcome: str = REPORTED
    hidden: bool = False
    text: bytes = b""

    def written(self, number: int) -> bytes:
        """The line of the file."""
        if self.text:
            return self.text.replace(b"NUMBER", str(number).encode())
        return line(row(number, **{self.column: self.value}).values()).encode()


def every() -> list[Fault]:
    """All faults, in the order in which they stand in the file."""
    return [
        *_dates(),
        *_numbers(),
        *_identifiers(),
        *_codes(),
        *_texts(),
        *_across(),
        *_lines(),
        *_not_admitted(),
        *_notes(),
    ]


def _dates() -> Iterator[Fault]:
    for column in ("发生日期", "决定日期"):
        for value in (
            "2025.01.02",
            "2/1/2025",
            "January 2025",
            "2025-01",
            "20250102",
            "2025-1-2-3",
            "45678",
            "昨天",
        ):
            yield Fault(f"{column} in another form", "date-format", column, value)
        for value in (
            "2025-02-30",
            "2023-02-29",
            "2025/13/01",
            "2025-00-10",
            "2025年2月31日",
            "２０２５-02-30",
        ):
            yield Fault(f"{column} that no calendar has", "date-invalid", column, value)
        yield Fault(f"{column} as a placeholder", "date-placeholder", column, "1900-01-01")
        for value in ("1899-12-31", "0202-05-01", "2200-01-01", "9999-12-31"):
            yield Fault(f"{column} out of range", "date-range", column, value)
        for value in ("2026-04-01", "2062-01-01"):
            yield Fault(f"{column} in the future", "date-in-future", column, value)
    for value in ("2010-02-01", "01.02.2010", "1/2", "01/02/2010 00:00"):
        yield Fault("registration in another form", "date-format", "成立日期", value)
    yield Fault("the 31st of April", "date-invalid", "成立日期", "31/04/2010")
    yield Fault("month and day exchanged", "date-invalid", "成立日期", "02/13/2010")
    yield Fault("a placeholder registration", "date-placeholder", "成立日期", "01/01/1900")
    yield Fault("registered tomorrow", "date-in-future", "成立日期", "01/04/2026")
    yield Fault("dashes where none belong", "date-format", "生效日期", "2025-02-04")
    yield Fault("a year alone", "date-format", "生效日期", "2025")
    yield Fault("day 32", "date-invalid", "生效日期", "20250132")
    yield Fault("an end in words", "date-format", "截止日期", "长期")
    yield Fault("an end in the year 9999", "date-range", "截止日期", "9999/12/31")
    yield Fault("an end before the start", "date-order", "截止日期", "2025-02-03")


def _numbers() -> Iterator[Fault]:
    for value in (
        "12.345,60",
        "1,23.45",
        "12,34,567",
        "一万",
        "CNY 100",
        "100元",
        "1e5",
        "0x10",
        "--5",
        "5-",
        "1.2.3",
    ):
        yield Fault("a fine that is no number", "number-format", "罚款", value)
    for value in ("0.123", "1.2345", "12,345.678"):
        yield Fault("a fine finer than a cent", "number-decimals", "罚款", value)
    for value in ("-1", "-0.01", "－５"):
        yield Fault("a negative fine", "number-range", "罚款", value)
    for value in ("99999999999999999", "90071992547409.92"):
        yield Fault("a fine too large to be exact", "number-too-large", "罚款", value)
    for value in ("1,234.50", "1.23.456", "12.34", "1 234", "½"):
        yield Fault("a gain that is no number", "number-format", "没收", value)
    yield Fault("a gain finer than a cent", "number-decimals", "没收", "1.234,567")
    for value in ("2.5", "0.1"):
        yield Fault("a fraction of a time", "number-fraction", "次数", value)
    for value in ("two", "二", "1,000", "2次", "+-2", "1e2", "∞", "NaN", "TRUE"):
        yield Fault("times that are no number", "number-format", "次数", value)
    for value in ("-1", "1000", "1000000"):
        yield Fault("times out of bounds", "number-range", "次数", value)
    yield Fault("times beyond any integer", "number-too-large", "次数", "99999999999999999999")
    for value in ("12.5%", "1/8", "0,125", ".", "inf"):
        yield Fault("a ratio that is no number", "number-format", "比率", value)
    for value in ("0.12345", "0.0001"):
        yield Fault("a ratio too fine", "number-decimals", "比率", value)


def _identifiers() -> Iterator[Fault]:
    good = usci(7)
    wrong = "A" if good[17] != "A" else "B"
    yield Fault("a wrong check character", "identifier-check", "代码", good[:17] + wrong)
    yield Fault("two characters exchanged", "identifier-check", "代码", "9153010" + good[7:])
    for value in (good[:17], good + "0", "123", "9", "-"):
        yield Fault(
            "a code of another length",
            "identifier-length" if value != "-" else "identifier-empty",
            "代码",
            value,
        )
    for value in (
        good[:10] + "O" + good[11:],
        good[:10] + "I" + good[11:],
        good[:10] + "*" + good[11:],
        good[:17] + "码",
    ):
        yield Fault("a code with a foreign character", "identifier-alphabet", "代码", value)
    yield Fault("an authority that does not exist", "identifier-authority", "代码", "B" + good[1:])
    yield Fault("letters in the division", "identifier-division", "代码", good[:3] + "A" + good[4:])
    yield Fault("a code that a spreadsheet has rounded", "spreadsheet-rounded", "代码", "9.1350100E+17")
    yield Fault("a formula's error as a code", "spreadsheet-error", "代码", "#N/A")
    yield Fault("the old registration number as a code", "identifier-length", "代码", "110108000000016")
    yield Fault("no code", "required", "代码", "")
    yield Fault("a code of spaces", "required", "代码", " \u3000 ")


def _codes() -> Iterator[Fault]:
    for value in ("其他", "警 告", "罚", "PENALTY", "1"):
        yield Fault("a nature that is not on the list", "code-unknown", "性质", value)
    for value in ("中", "4", "重大"):
        yield Fault("an unknown degree", "seriousness-unknown", "程度", value)
    yield Fault("no degree", "required", "程度", "")
    for value in ("许可", "penalty", "处罚决定"):
        yield Fault("an unknown kind of record", "item-unknown", "种类", value)
    yield Fault("no kind of record", "required", "种类", "")
    for value in ("35010", "3501000", "福建省", "35O100", "3501 00"):
        yield Fault("a division that is none", "pattern", "区划", value)
    for value in ("RMB元", "cny", "￥", "156", "CN"):
        yield Fault("an unknown currency", "currency-unknown", "币种", value)
    yield Fault("a fine without a currency", "currency-unknown", "币种", "")
    yield Fault("a formula's error as a division", "spreadsheet-error", "区划", "#REF!")
    yield Fault("a code that a spreadsheet has rounded", "spreadsheet-rounded", "区划", "3.501E+5")


def _texts() -> Iterator[Fault]:
    yield Fault("a name that is too long", "too-long", "名称", "长" * 41)
    yield Fault("an English name that is too long", "too-long", "英文名", "x" * 61)
    yield Fault("facts that are too long", "too-long", "事实", "事" * 201)
    yield Fault("a number of the document that is too long", "too-long", "文号", "号" * 31)
    yield Fault("no name", "required", "名称", "")
    yield Fault("a name of a full-width space", "required", "名称", "\u3000")
    yield Fault("no date of the decision", "required", "决定日期", "")
    yield Fault("no number of the document", "required", "文号", "")
    for value in ("#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"):
        yield Fault("a formula's error", "spreadsheet-error", "事实", value)
    yield Fault("an error in the name", "spreadsheet-error", "名称", "#REF!")
    yield Fault("a number of the document rounded", "spreadsheet-rounded", "文号", "2.0250101E+15")


def _across() -> Iterator[Fault]:
    yield Fault("an end before a start two years later", "date-order", "截止日期", "2023年1月1日")


def _lines() -> Iterator[Fault]:
    good = list(row(0, 文号="NUMBER").values())
    plain = line(good)
    yield Fault("one cell too few", "too-few-cells", text=line(good[:-1]).encode())
    yield Fault("half a row", "too-few-cells", text=line(good[:11]).encode())
    yield Fault("a single word", "too-few-cells", text="合计".encode())
    yield Fault("one cell too many", "too-many-cells", text=(plain + ",").encode())
    yield Fault(
        "a comma inside a number", "too-many-cells", text=plain.replace('"12,345.60"', "12,345.60").encode()
    )
    yield Fault("another separator", "too-few-cells", text=line(good, ";").replace('"', "").encode())
    yield Fault("two rows on one line", "too-many-cells", text=(plain + "," + plain).encode())
    yield Fault(
        "a quote that is never closed", "unclosed-quote", text=plain.replace("超标", '"超标').encode()
    )
    yield Fault(
        "a quote in the last cell that is never closed",
        "unclosed-quote",
        text=(plain[:-9] + '"0591').encode(),
    )
    yield Fault(
        "text after a closing quote",
        "stray-quote",
        text=plain.replace("超标排放废水", '"超标"排放废水').encode(),
    )
    yield Fault(
        "a quote that is not doubled", "stray-quote", text=plain.replace("超标排放废水", '"a "b" c"').encode()
    )
    yield Fault(
        "a byte of another encoding",
        "undecodable",
        text=plain.encode().replace("超标".encode(), b"\xe9t\xe9"),
    )
    yield Fault("half a character", "undecodable", text=plain.encode().replace("超标".encode(), b"\xe8\xb6"))
    yield Fault("a line in GB 18030", "undecodable", text=plain.encode("gb18030"))
    yield Fault("a NUL byte", "nul-byte", text=plain.encode().replace("超标".encode(), b"a\0b"))
    yield Fault("a line of NUL bytes", "nul-byte", text=b"\0" * 12)


def _not_admitted() -> Iterator[Fault]:
    identity, dotted, bare = identity_number(), cpf_number(), cpf_number(dotted=False)
    for column in ("名称", "英文名", "事实", "机关", "依据", "电话", "注册号", "文号", "区划", "罚款"):
        yield Fault(f"an identity number in {column}", "personal-number", column, identity, REFUSED, True)
    for column in ("名称", "事实", "电话"):
        yield Fault(f"a CPF in {column}", "personal-number", column, f"ref {dotted}", REFUSED, True)
    yield Fault("a CPF without dots", "personal-number", "电话", bare, REFUSED, True)
    yield Fault("an identity number as the code", "personal-number", "代码", identity, REFUSED, True)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in identity)
    yield Fault(
        "an identity number in full width", "personal-number", "事实", f"身份证{wide}。", REFUSED, True
    )
    yield Fault(
        "an identity number in a sentence", "personal-number", "事实", f"张某({identity})", REFUSED, True
    )
    yield Fault(
        "an identity number in a broken line",
        "personal-number",
        text=f"x,{identity},y".encode(),
        outcome=REFUSED,
        hidden=True,
    )
    for authority, category in (("9", "2"), ("7", "1"), ("8", "1"), ("A", "1")):
        value = usci(11, authority=authority, category=category)
        yield Fault(
            f"a subject of {authority}{category}", "subject-not-admitted", "代码", value, REFUSED, True
        )
    yield Fault(
        "a mistyped individual business", "subject-not-admitted", "代码", "92" + usci(7)[2:], REFUSED, True
    )
    yield Fault("a sole trader", "sole-trader", "名称", "张三丰烧烤店个体工商户", REFUSED, True)
    home = {"英文名": "At home with Mary", "区划": ""}
    text = line(row(0, 文号="NUMBER", **home).values()).encode()
    yield Fault("a home", "home-trade", "英文名", text=text, outcome=REFUSED, hidden=True)


def _notes() -> Iterator[Fault]:
    yield Fault("an old number that is wrong", "legacy-identifier", "注册号", "110108000000017", NOTE)
    yield Fault("an old number of another length", "legacy-identifier", "注册号", "1101080000", NOTE)
    yield Fault("decided before it happened", "decided-before-occurred", "决定日期", "2024-12-31", NOTE)
    yield Fault("characters lost on the way", "replacement-character", "事实", "超\ufffd排放", NOTE)
    yield Fault("a bell in the facts", "control-character", "事实", "超\x07标", NOTE)


WIDTH = len(COLUMNS)
