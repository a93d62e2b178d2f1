"""Names of organisations: a key under which two spellings meet, and the legal form in a name.

The key serves search and comparison and is never shown: NFKC, case folded, Latin accents and punctuation
dropped, the legal form in one spelling. Traditional and simplified characters are not unified.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Chinese endings, in the form they have once punctuation is gone → (kind of legal form, ending in the key).
CHINESE_FORMS: dict[str, tuple[str, str]] = {
    "股份有限公司": ("joint-stock", "股份有限公司"),
    "股份公司": ("joint-stock", "股份有限公司"),
    "有限责任公司": ("limited", "有限公司"),
    "有限公司": ("limited", "有限公司"),
    "分公司": ("branch", "分公司"),
    "办事处": ("branch", "办事处"),
    "合伙企业有限合伙": ("partnership", "有限合伙"),
    "有限合伙": ("partnership", "有限合伙"),
    "合伙企业特殊普通合伙": ("partnership", "特殊普通合伙"),
    "特殊普通合伙": ("partnership", "特殊普通合伙"),
    "合伙企业普通合伙": ("partnership", "普通合伙"),
    "普通合伙": ("partnership", "普通合伙"),
    "合伙企业": ("partnership", "合伙企业"),
    "农民专业合作社联合社": ("cooperative", "专业合作社联合社"),
    "专业合作社联合社": ("cooperative", "专业合作社联合社"),
    "农民专业合作社": ("cooperative", "专业合作社"),
    "专业合作社": ("cooperative", "专业合作社"),
    "基金会": ("foundation", "基金会"),
    "株式会社": ("joint-stock", "株式会社"),
    "有限會社": ("limited", "有限會社"),
    "有限責任公司": ("limited", "有限公司"),
    "주식회사": ("joint-stock", "주식회사"),
}

# Latin and Cyrillic endings, as words without dots → (kind, ending in the key).
LATIN_FORMS: dict[tuple[str, ...], tuple[str, str]] = {
    tuple(form.split()): (kind, key)
    for kind, key, forms in (
        ("limited", "ltd", "ltd|limited|co ltd|co limited|company ltd|company limited|ltd co"),
        ("limited", "pty ltd", "pty ltd|pty limited|proprietary limited"),
        ("limited", "pte ltd", "pte ltd|pte limited|private limited|pvt ltd|pvt limited"),
        ("limited", "llc", "llc|limited liability company"),
        ("joint-stock", "inc", "inc|incorporated|co inc"),
        ("joint-stock", "corp", "corp|corporation"),
        ("joint-stock", "plc", "plc|public limited company"),
        ("partnership", "llp", "llp|limited liability partnership"),
        ("partnership", "lp", "lp|limited partnership"),
        ("limited", "gmbh", "gmbh|mbh|gesellschaft mit beschrankter haftung"),
        ("partnership", "gmbh co kg", "gmbh and co kg|gmbh co kg"),
        ("joint-stock", "ag", "ag|aktiengesellschaft"),
        ("partnership", "kg", "kg|kommanditgesellschaft|ohg"),
        ("joint-stock", "se", "se"),
        ("joint-stock", "sa", "sa|s a|sociedade anonima|sociedad anonima|societe anonyme|sa de cv"),
        ("joint-stock", "sas", "sas|sasu"),
        ("limited", "sarl", "sarl"),
        ("limited", "srl", "srl|s de rl|s de rl de cv"),
        ("joint-stock", "spa", "spa|s p a"),
        ("limited", "bv", "bv"),
        ("joint-stock", "nv", "nv"),
        ("limited", "ltda", "ltda|limitada|sociedade limitada|cia ltda"),
        ("limited", "eireli", "eireli"),
        ("limited", "sl", "sl|slu"),
        ("limited", "lda", "lda"),
        ("limited", "aps", "aps"),
        ("joint-stock", "as", "as|a s"),
        ("joint-stock", "ab", "ab"),
        ("joint-stock", "oy", "oy|oyj"),
        ("limited", "sp z o o", "sp z o o|sp z oo|sp zoo|spolka z ograniczona odpowiedzialnoscia"),
        ("limited", "doo", "doo|d o o"),
        ("limited", "sdn bhd", "sdn bhd"),
        ("joint-stock", "bhd", "bhd|berhad"),
        ("joint-stock", "kk", "kk|kabushiki kaisha"),
        ("limited", "ооо", "ооо|ooo"),
        ("joint-stock", "ао", "ао|зао|оао|пао"),
    )
    for form in forms.split("|")
}

# Brazilian marks of size after the legal form: "… LTDA - ME".
_SIZE_MARKS = frozenset({"me", "epp"})
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3040-\u30ff\uac00-\ud7af]")
_LONGEST = max(map(len, LATIN_FORMS))
_CHINESE_BY_LENGTH = sorted(CHINESE_FORMS, key=len, reverse=True)


@dataclass(frozen=True)
class Name:
    """A name of a subject.

    Attributes:
        text: as received.
        lang: BCP 47 language, `und` if not stated.
        former: whether it is a name that the subject no longer bears.
    """

    text: str
    lang: str = "und"
    former: bool = False

    @property
    def key(self) -> str:
        """`name_key` of the text."""
        return name_key(self.text)

    @property
    def legal_form(self) -> str | None:
        """`legal_form` of the text."""
        return legal_form(self.text)


@dataclass(frozen=True)
class _Parts:
    stem: str
    kind: str | None
    ending: str


def name_key(text: str) -> str:
    """The key of a name, with its legal form in one spelling: `Acme Co., Limited` → `acme ltd`.

    Empty if the text holds no letter and no digit.
    """
    parts = _parts(text)
    joint = "" if _HAN.search(parts.ending) else " "
    return joint.join(part for part in (parts.stem, parts.ending) if part)


def stem_key(text: str) -> str:
    """The key without the legal form, for a search that is typed without it; never empty if `name_key` is not."""
    parts = _parts(text)
    return parts.stem or parts.ending


def legal_form(text: str) -> str | None:
    """`limited`, `joint-stock`, `partnership`, `cooperative`, `branch`, `foundation`, or None if none shows."""
    return _parts(text).kind


def lang_of(text: str) -> str:
    """`zh` if a name has Chinese characters, else `und`: the script tells no more than that."""
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "und"


def _parts(text: str) -> _Parts:
    folded = _without_accents(unicodedata.normalize("NFKC", text).casefold())
    if _HAN.search(folded):
        return _chinese("".join(char for char in folded if char.isalnum()))
    # S/A and A/S are single words, and so are abbreviations with dots; every other sign parts words.
    joined = re.sub(r"\b(\w)/(\w)\b", r"\1\2", folded)
    joined = re.sub(r"\b(?:\w\.)+(?:\w\b)?", lambda match: match.group().replace(".", ""), joined)
    joined = re.sub(r"['’`]", "", joined).replace("&", " and ").replace("+", " and ")
    return _latin(re.findall(r"\w+", joined.replace("_", " ")))


def _chinese(stem: str) -> _Parts:
    for form in _CHINESE_BY_LENGTH:
        if stem.endswith(form) and len(stem) > len(form):
            kind, ending = CHINESE_FORMS[form]
            return _Parts(stem.removesuffix(form), kind, ending)
    return _Parts(stem, None, "")


def _latin(words: list[str]) -> _Parts:
    sized = len(words) > 2 and words[-1] in _SIZE_MARKS
    for tail in (words[:-1], words) if sized else (words,):
        for size in range(min(_LONGEST, len(tail) - 1), 0, -1):
            found = LATIN_FORMS.get(tuple(tail[-size:]))
            if found is not None:
                return _Parts(" ".join(tail[:-size]), found[0], found[1])
    return _Parts(" ".join(words), None, "")


def _without_accents(text: str) -> str:
    """Latin letters without their marks; other scripts as they are (a mark there can be a letter's part)."""
    out: list[str] = []
    latin = False
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char):
            if not latin:
                out.append(char)
        else:
            latin = "a" <= char <= "z"
            out.append(char)
    return unicodedata.normalize("NFC", "".join(out))
