"""The fictional province: its code, its cities and its counties.

Nothing here exists. A test holds the names and the code against all revisions of GB/T 2260.
"""

from __future__ import annotations

from dataclasses import dataclass

# GB/T 2260 numbers its provinces from 11 to 82, with gaps, and has given 99 to none of them in any revision
# since 1980. A code that begins with 99 can therefore belong to no real organisation's place of registration,
# so every identifier that is built on it is invented and can be told from a real one at sight.
PROVINCE_CODE = "99"


@dataclass(frozen=True)
class Place:
    """A division. `short` is the character that stands for it in the numbers of documents."""

    code: str
    zh: str
    en: str
    short: str = ""


PROVINCE = Place("990000", "玄澜省", "Xuanlan Province", "澜")

_CITIES = (
    ("沧珩市", "Cangheng City", "珩", (
        ("霁台区", "Jitai District"),
        ("筠浦区", "Yunpu District"),
        ("昀陵县", "Yunling County"),
        ("岫桥县", "Xiuqiao County"),
    )),
    ("霂川市", "Muchuan City", "霂", (
        ("翀港区", "Chonggang District"),
        ("璟湖区", "Jinghu District"),
        ("洺丘县", "Mingqiu County"),
    )),
    ("翠岫市", "Cuixiu City", "岫", (
        ("楹门区", "Yingmen District"),
        ("骁原县", "Xiaoyuan County"),
        ("溟泉县", "Mingquan County"),
    )),
    ("筠洲市", "Yunzhou City", "筠", (
        ("瑄塘区", "Xuantang District"),
        ("峤林县", "Qiaolin County"),
        ("潆溪县", "Yingxi County"),
    )),
    ("璟宁市", "Jingning City", "璟", (
        ("珵光区", "Chengguang District"),
        ("沅堡县", "Yuanbao County"),
    )),
    ("昀泽市", "Yunze City", "昀", (
        ("晗山区", "Hanshan District"),
        ("棠渡县", "Tangdu County"),
    )),
)  # fmt: skip

CITIES: tuple[Place, ...] = tuple(
    Place(f"{PROVINCE_CODE}{number:02d}00", zh, en, short)
    for number, (zh, en, short, _) in enumerate(_CITIES, 1)
)

COUNTIES: tuple[tuple[Place, Place], ...] = tuple(
    (Place(f"{city.code[:4]}{number + 1:02d}", zh, en), city)
    for city, (_, _, _, counties) in zip(CITIES, _CITIES, strict=True)
    for number, (zh, en) in enumerate(counties, 1)
)
"""Each county with its city; the first are the capital's."""
