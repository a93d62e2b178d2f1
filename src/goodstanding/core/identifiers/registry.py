"""The schemes that the core knows by name."""

from __future__ import annotations

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.folding import DASHES, SPACES
from goodstanding.core.identifiers.foreign import check_cnpj, check_lei
from goodstanding.core.identifiers.legacy import (
    check_organisation_code,
    check_registration_number,
    check_tax_number,
)
from goodstanding.core.identifiers.scheme import Scheme
from goodstanding.core.identifiers.usci import USCI

SCHEMES: dict[str, Scheme] = {
    known.name: known
    for known in (
        USCI,
        Scheme("cn-registration", "Business registration number", "工商注册号", check_registration_number),
        Scheme("cn-organisation-code", "Organisation code", "组织机构代码", check_organisation_code),
        Scheme("cn-tax-number", "Tax registration number", "税务登记号", check_tax_number),
        Scheme(
            "cnpj", "Brazilian company number (CNPJ)", "巴西法人登记号", check_cnpj, SPACES + DASHES + "./"
        ),
        Scheme("lei", "Legal entity identifier (LEI)", "全球法人识别编码", check_lei),
    )
}


def scheme(name: str) -> Scheme:
    """The scheme of this name.

    Raises:
        Refusal: GS-CORE-003 if the core has none of that name.
    """
    try:
        return SCHEMES[name]
    except KeyError:
        raise Refusal(
            "GS-CORE-003",
            f"There is no identifier scheme {name!r}.",
            why="Known: " + ", ".join(SCHEMES) + ".",
            remedy="Use one of these, or declare a scheme of the pack's own with a pattern.",
        ) from None
