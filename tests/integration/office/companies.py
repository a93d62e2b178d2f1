"""The two companies that the office's tests are about, with a penalty each and the tie between them."""

from __future__ import annotations

from tests.integration.installation import Files
from tests.integration.portal.conftest import DAUGHTER, MOTHER, NAME, REGISTRATION, TIES
from tests.integration.portal.test_publicity import HEADER, ROW

_FINED = ROW.replace("2026/04/10", "2026/02/10").replace("轻微", "一般")
_OTHER = _FINED.replace(MOTHER, DAUGHTER).replace("7号", "8号").replace(NAME, "溟泉县榉晟化工有限公司")

COMPANIES: Files = (
    ("registration.csv", REGISTRATION, "cn/registration"),
    ("ties.csv", TIES, "cn/ties"),
    ("penalties.csv", HEADER + _FINED + _OTHER, "cn/penalties"),
)
