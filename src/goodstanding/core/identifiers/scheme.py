"""A scheme of identifiers: how its values are written alike, and what can be wrong with one."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.folding import DASHES, SPACES, folding, translation

REASONS: dict[str, tuple[str, str]] = {
    "empty": ("there is no number", "号码为空"),
    "length": ("the number of characters is wrong", "位数不对"),
    "alphabet": ("a character stands where the scheme does not allow it", "含有不允许的字符"),
    "authority": ("the first character names no registration authority", "登记管理部门代码不存在"),
    "division": ("the characters of the administrative division are not digits", "行政区划码不是数字"),
    "check": ("the check character does not agree with the rest", "校验码不符"),
    "pattern": ("the value does not have the form that the pack states", "格式不符合规定"),
    "individual-business": (
        "the number is that of an individual business, a natural person's trade: no file is kept",
        "个体工商户属于自然人经营,不建立信用档案",
    ),
    "refused-authority": (
        "the number is that of a religious, trade union or military organisation: no file is kept",
        "宗教、工会、军队系统的机构不建立信用档案",
    ),
}


def describe(reason: str, lang: str = "en") -> str:
    """A reason code as a sentence in English (`en`) or Chinese (`zh`)."""
    english, chinese = REASONS[reason]
    return chinese if lang == "zh" else english


@dataclass(frozen=True)
class Scheme:
    """One scheme.

    Attributes:
        name: stable name in packs and in the ledger.
        title: English title.
        title_zh: Chinese title.
        check: reason code for a value that is already in its normal form, or None.
        drop: characters that separate and carry no meaning.
        upper: whether case is without meaning.
    """

    name: str
    title: str
    title_zh: str
    check: Callable[[str], str | None]
    drop: str = SPACES + DASHES
    upper: bool = True
    pattern: str | None = None
    _table: dict[int, int | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_table", translation(self.folding))

    @property
    def folding(self) -> tuple[str, str]:
        """The pair of strings that `folding.fold` and DuckDB's `translate` take."""
        return folding(drop=self.drop, upper=self.upper)

    def normalise(self, text: str) -> str:
        """The one spelling under which a value is kept and compared."""
        return text.translate(self._table)

    def fault(self, text: str) -> str | None:
        """Reason code of what is wrong with a value in any spelling; None if it is good."""
        value = self.normalise(text)
        return self.check(value) if value else "empty"

    def describe(self, reason: str, lang: str = "en") -> str:
        """A reason code of this scheme as a sentence."""
        return describe(reason, lang)


# What Python's `re` and DuckDB's RE2 both read, and read alike.
_BEYOND_RE2 = re.compile(r"\(\?(?!:)|\\[0-9AZuUN]|[*+?}]\+|\{,|\[:|\{\d*,?\d{4}")


def own_scheme(name: str, pattern: str, *, title: str = "", title_zh: str = "") -> Scheme:
    """A scheme of a pack's own: a name and the regular expression that a whole value matches.

    Full-width characters are folded and spaces dropped; case and dashes are kept, as the pattern says.

    Raises:
        Refusal: GS-CORE-001 if the pattern is none, or uses what RE2 (DuckDB) cannot do or reads otherwise.
    """
    try:
        with warnings.catch_warnings():
            # Python warns of what it may one day read as an operation on sets; RE2 has none.
            warnings.simplefilter("error", FutureWarning)
            compiled = re.compile(pattern, re.ASCII)
    except (re.error, FutureWarning) as error:
        raise Refusal(
            "GS-CORE-001",
            f"The pattern of identifier scheme {name!r} cannot be read: {error}.",
            where=pattern,
            why="A scheme of a pack's own is a name and a regular expression.",
            remedy="Correct the pattern.",
        ) from error
    if not pattern.isascii() or _BEYOND_RE2.search(pattern):
        raise Refusal(
            "GS-CORE-001",
            f"The pattern of identifier scheme {name!r} uses a construct that not every engine knows.",
            where=pattern,
            why="The same pattern is checked one by one in Python and vectorised in DuckDB (RE2).",
            remedy="Use ASCII and leave out flags, look-around, back-references and possessive repetition.",
        )

    def check(value: str) -> str | None:
        return None if compiled.fullmatch(value) else "pattern"

    return Scheme(name, title or name, title_zh or name, check, SPACES, upper=False, pattern=pattern)
