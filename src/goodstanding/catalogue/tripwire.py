"""A bilingual tripwire over titles, field names and column names (clauses 1.2, 1.3, 1.4).

The list of domains is closed, but a pack could declare a domain falsely: a "tax" item about petitions.
The tripwire reads the words. It errs towards refusal; phrases that are known to be innocent are taken
out first, each because it was met: "associated company", "occupational disease", "publication date".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Wire:
    """Words of one forbidden matter. `clause` is the design's; `english` are whole words."""

    matter: str
    clause: str
    english: str
    chinese: str
    innocent_english: str = ""
    innocent_chinese: str = ""


PROTECTED = (
    Wire(
        "religion or belief",
        "1.4",
        r"religio(n|us|ns)|faiths?|beliefs?|church(es)?|mosques?|temples?|prayers?|worship|christians?|muslims?"
        r"|islam(ic)?|buddhis[mt]s?|falun",
        r"宗教|信仰|教会|教堂|清真寺|寺庙|祈祷|礼拜|基督|伊斯兰|佛教|法轮",
        r"(good|bad) faith|temple street",
    ),
    Wire(
        "political opinion",
        "1.4",
        r"politic(s|al|ally)|part(y|ies) (members?|membership|organi[sz]ations?|branch|cells?|building)"
        r"|ideolog(y|ical)|patriot(ic|ism)|loyalty|dissidents?|protests?|demonstrations?|voting|votes?",
        r"政治|党员|党组织|党支部|党建|思想|爱国|意识形态|忠诚|抗议|示威|游行|投票",
        r"loyalty (card|points|programme|program)|politically exposed",
        r"旅游",
    ),
    Wire(
        "speech or publication",
        "1.4",
        r"speech(es)?|opinions?|press|publications?|publish(er|ers|ing)|newspapers?|journalis[mt]s?|media|rumou?rs?"
        r"|posts?|blog(s|ger|gers)?|censorship|broadcast(s|ing)?|internet content|online content",
        r"言论|出版|新闻|报刊|记者|媒体|舆论|舆情|谣言|发帖|博客|微博|审查内容|广播电视|网络内容",
        r"(date of|awaiting) publication|publication (date|day|period|deadline|end)"
        r"|publication of (the )?(penalt(y|ies)|decisions?|lists?)"
        r"|(printing|filter|hydraulic) press|audit opinions?|post ?codes?|posts? and telecommunications"
        r"|(storage|filter|environmental) media|speech therapy",
    ),
    Wire(
        "association or petitioning",
        "1.4",
        r"associations?|assembly|assemblies|petitions?|petitioning|petitioners?|strikes?|union members?"
        r"|rights defen[cs]e|volunteer(s|ing)?",
        r"结社|集会|信访|上访|请愿|罢工|维权|工会会员|志愿者|志愿服务",
        r"(industry|trade|housing|business) associations?|associations? grades?"
        r"|(assembly (line|plant|shop|drawing))|lightning strikes?|bankruptcy petitions?",
    ),
    Wire(
        "ethnicity",
        "1.4",
        r"ethnic(ity|ities|al)?|races?|racial|nationality of persons?|tribes?|tribal|minorit(y|ies)|caste"
        r"|mother tongues?|cuisines?",
        r"民族|种族|族裔|籍贯|菜系",
        r"race (course|track)s?|minority (shareholders?|shareholdings?|interests?)",
        r"民族乡|民族自治",
    ),
    Wire(
        "genes, fingerprints or blood type",
        "1.4",
        r"genes?|genetic(s|ally)?|genom(e|es|ic)|dna|fingerprints?|biometrics?|iris scans?|facial|faces?"
        r"|blood (types?|groups?)",
        r"基因|遗传|指纹|人脸|虹膜|声纹|血型|生物识别",
        r"genetically modified|gene(tic)? (seeds?|bank)|(file|key) fingerprints?",
        r"转基因",
    ),
    Wire(
        "illness or medical history",
        "1.4",
        r"illness(es)?|diseases?|medical (history|histories|records?)|health (status|conditions?|code)"
        r"|diagnos(is|es|tic)|disabilit(y|ies)|disabled|hiv|aids|mental health"
        r"|pregnan(t|cy)|vaccinat(ed|ions?)",
        r"疾病|病史|病历|健康码|健康状况|诊断|残疾|艾滋|精神病|怀孕|疫苗接种|传染病",
        r"occupational diseases?|(animal|plant|livestock|crop|aquatic) diseases?|disease(-| )free (zone|area)"
        r"|(in vitro )?diagnostic (reagents?|devices?|equipment)|state aids?|first aids?|training aids?",
        r"职业病|动物疫病|体外诊断",
    ),
)
"""Protected traits and freedoms: refused as fields and, unless ignored, as columns; and as titles."""

PRIVATE = (
    Wire(
        "family and private life",
        "1.4",
        r"famil(y|ies)|marriages?|marital|spouses?|wife|husband|child(ren)?|kinship|parents?|schooling|pupils?"
        r"|sexual|sexuality|gender|birth(s|days?)?|divorces?|private life|home address(es)?|leisure",
        r"家庭|婚姻|配偶|妻子|丈夫|子女|儿童|亲属|父母|入学|就学|学籍|性别|性取向|生育|离婚|私生活|户籍|出生",
        r"famil(y|ies) (farms?|restaurants?)|parent (compan(y|ies)|organi[sz]ations?|entit(y|ies))"
        r"|child labou?r|children'?s (products?|toys?|food|clothing|wear)|product famil(y|ies)",
        r"家庭农场|儿童(用品|玩具|食品|服装)",
    ),
    Wire(
        "personal points",
        "1.3",
        r"personal (credit )?(points?|scores?|credit)"
        r"|(citizens?|residents?|individual|social credit) (points?|scores?)"
        r"|morality|moral(s| conduct)?|civilised conduct|good deeds",
        r"个人(信用)?(积分|分值|评分|信用分)|市民(积分|信用|诚信)|居民积分|道德|文明行为|好人好事|不文明",
    ),
)
"""Matters that are no domain at all."""

PERSONS = (
    Wire(
        "a number or contact of a natural person",
        "1.2",
        r"(identity|id|identification|passport|driving licen[cs]e) (cards?|numbers?|no|types?|documents?)"
        r"|passports?|cpf|social security numbers?|national insurance numbers?|mobile (phone )?numbers?"
        r"|(tele)?phones?( numbers?)?|e ?mails?( address(es)?)?|id type of .*|id number of .*",
        r"身份证|证件(类型|号码|号)|护照|手机|电话|邮箱|驾驶证|社会保障号",
        r"(tax|business|organi[sz]ation|registration|device|vehicle) (id|identification) (numbers?|no)",
    ),
    Wire(
        "a natural person",
        "1.2",
        r"(persons?|individuals?|people) (named )?(directly )?(responsible|in charge|liable)"
        r"|(responsible|liable) (persons?|individuals?|staff|officers?|employees?)|natural persons?"
        r"|legal representatives?|(actual|ultimate) controllers?|beneficial owners?|directors?|managers?"
        r"|handling officers?|inspectors? names?|owners? names?|contact persons?",
        r"自然人|责任人|负责人|责任人员|法定代表人|实际控制人|受益所有人|董事|监事|经理|高管|经办人|执法人员|联系人|姓名",
        r"board of directors report|managers? of (funds|assets)|confidence in managers?",
    ),
)
"""Natural persons: a field never, a column only where it is ignored or maps to a role."""

HOMES = (
    Wire(
        "a place that may be a home",
        "1.1",
        r"longitude|latitude|coordinates|geo ?(code|location)|lat|lon|lng",
        r"经度|纬度|坐标|住址",
    ),
)
"""Where somebody may live: a column only where it is ignored."""


@cache
def wire_that_rings(text: str, wires: tuple[Wire, ...]) -> Wire | None:
    """The first wire that the text rings: an English title, a Chinese title, or a name such as `raceCode`."""
    words = _words(text)
    for wire in wires:
        innocent, english, chinese = _patterns(wire)
        if english.search(innocent.sub(" ", words)) or chinese.search(innocent.sub(" ", text)):
            return wire
    return None


@cache
def _patterns(wire: Wire) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is taken out, English words, Chinese words. Chinese has no word boundaries."""
    innocent = [rf"\b({wire.innocent_english})\b"] if wire.innocent_english else []
    innocent += [wire.innocent_chinese] if wire.innocent_chinese else []
    taken_out = re.compile("|".join(innocent) or r"(?!)")
    return taken_out, re.compile(rf"\b({wire.english})\b"), re.compile(wire.chinese)


def _words(text: str) -> str:
    """Lower-case words parted by blanks: `BloodType` and `blood_type` become `blood type`."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.sub(r"[\s_.\-/()（）]+", " ", parted).strip().lower()
