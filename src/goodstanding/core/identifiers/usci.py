"""The unified social credit identifier (统一社会信用代码), GB 32100-2015.

18 characters: registration authority, category, division of registration (6), organisation code
(9, GB 11714-1997, with a check character of its own), check character.
"""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.legacy import check_organisation_code
from goodstanding.core.identifiers.scheme import Scheme

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 symbols: I, O, S, V and Z are never used
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # 3^(i-1) mod 31
# Registration authority → its categories. A category that is not listed here is no fault: the list has grown.
CATEGORIES = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
AUTHORITIES = "".join(CATEGORIES)
REFUSED_AUTHORITIES = "78A"  # religion, trade unions, the military
VALUE = {char: at for at, char in enumerate(ALPHABET)}


def check_character(body: str) -> str:
    """The 18th character for the first 17. A remainder of 31 is written 0.

    python-stdnum (2.2) has this right, but its `validate` asks for a digit in the first place and so
    refuses the authorities A, N and Y (collective economic organisations are N); so the rule is here, and
    the tests hold the check character equal to stdnum's.
    """
    total = sum(VALUE[char] * weight for char, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def check_usci(value: str) -> str | None:
    """Reason code for a value in its normal form, or None.

    The check character of the organisation code inside (17th place) is not asked for: the 18th covers the
    same characters, and a number that an authority has issued is the number that the organisation bears.
    `Usci.organisation_code_fault` tells of it.
    """
    if len(value) != 18:
        return "length"
    if any(char not in VALUE for char in value):
        return "alphabet"
    if value[0] not in AUTHORITIES:
        return "authority"
    if any(char > "9" for char in value[2:8]):
        return "division"
    return None if check_character(value[:17]) == value[17] else "check"


USCI = Scheme("usci", "Unified social credit identifier", "统一社会信用代码", check_usci)


def refused_as_subject(usci: str) -> str | None:
    """Why the bearer of this USCI (in its normal form) may have no file, or None.

    `individual-business` for authority 9, category 2, a natural person's trade; `refused-authority` for the
    authorities 7 (religion), 8 (unions) and A (military).
    """
    if usci.startswith("92"):
        return "individual-business"
    if usci[:1] and usci[0] in REFUSED_AUTHORITIES:
        return "refused-authority"
    return None


@dataclass(frozen=True)
class Usci:
    """A good USCI and its parts."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Usci:
        """A USCI from any spelling.

        Raises:
            Refusal: GS-CORE-002, with the reason; the value itself is not echoed.
        """
        value = USCI.normalise(text)
        reason = USCI.fault(value)
        if reason is not None:
            raise Refusal(
                "GS-CORE-002",
                f"This is no unified social credit identifier: {USCI.describe(reason)}.",
                why="GB 32100-2015",
                remedy="Compare the number with the organisation's licence.",
            )
        return cls(value)

    @classmethod
    def compose(cls, authority: str, category: str, division: str, organisation_code: str) -> Usci:
        """The USCI of these parts, with its check character.

        Raises:
            Refusal: GS-CORE-002 if the parts make none.
        """
        body = authority + category + division + organisation_code.replace("-", "")
        last = check_character(body) if len(body) == 17 and all(char in VALUE for char in body) else "0"
        return cls.parse(body + last)

    @property
    def authority(self) -> str:
        """Registration authority, one character."""
        return self.value[0]

    @property
    def category(self) -> str:
        """Category of organisation within the authority, one character."""
        return self.value[1]

    @property
    def division(self) -> str:
        """Division where it was first registered, six digits of some revision of GB/T 2260."""
        return self.value[2:8]

    @property
    def organisation_code(self) -> str:
        """GB 11714 organisation code, nine characters without the dash."""
        return self.value[8:17]

    @property
    def check(self) -> str:
        """The last character."""
        return self.value[17]

    @property
    def tax_number(self) -> str:
        """The 15-character tax number that these parts make.

        The one that was in use before October 2015 may have had the division of the tax office instead; its
        last nine characters are the same.
        """
        return self.value[2:17]

    @property
    def organisation_code_fault(self) -> str | None:
        """`check` if the organisation code inside does not agree with its own check character."""
        return check_organisation_code(self.organisation_code)

    @property
    def refused_as_subject(self) -> str | None:
        """Why its bearer may have no file, or None."""
        return refused_as_subject(self.value)
