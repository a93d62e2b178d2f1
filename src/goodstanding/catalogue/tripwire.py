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
        r"|islam(ic)?|buddhis[mt]s?|falun|creeds?|sects?|cults?|bibles?|(qu|k)o?u?rans?|spiritual(ity)?"
        r"|clergy|priests?|imams?|monks?|nuns?|monaster(y|ies)|pastors?|sermons?|baptis(ms?|ed)|missionar(y|ies)"
        r"|catholics?|protestants?|jew(s|ish)?|judaism|hindu(s|ism)?|sikhs?|taois[mt]s?|daois[mt]s?|pilgrim(s|ages?)?",
        r"宗教|信仰|教会|教堂|清真寺|寺庙|祈祷|祷告|礼拜|基督|伊斯兰|佛教|念佛|拜佛|信佛|法轮|(?<!短)信教(?![育学训师材])|教派|邪教|教徒"
        r"|圣经|古兰|(?<!许)可兰|修行(?![业为政])|修炼|传教|布道|神父|牧师|阿訇|僧人|僧侣|尼姑|喇嘛|(?<![渠报])道教(?!育)|(?<!街)道观(?![察测])|天主|穆斯林|受洗|朝觐|朝圣",
        r"(good|bad) faith|temple street|monk ?fruits?",
        r"畜牧师",
    ),
    Wire(
        "political opinion",
        "1.4",
        r"politic(s|al|ally)|part(y|ies) (members?|membership|organi[sz]ations?|branch|cells?|building)"
        r"|ideolog(y|ical)|patriot(ic|ism)|loyalty|dissidents?|protests?|demonstrations?|voting|votes?"
        r"|rally|rallies|communis[mt]s?|activis[mt]s?|subversi(on|ve)|separatis[mt]s?|marches",
        r"政治|党员|党组织|党支部|党建|入党|(?<!集)团员|共青团|统战|思想|爱国|意识形态|忠诚|抗议|示威|游行|投票"
        r"|(?<!行)政见|异见|煽动|颠覆|群体性事件",
        r"loyalty (card|points|programme|program)|politically exposed|rally (cars?|races?|racing)"
        r"|demonstration (zones?|projects?|farms?|bases?|enterprises?)",
        r"旅游",
    ),
    Wire(
        "speech or publication",
        "1.4",
        r"speech(es)?|opinions?|press|publications?|publish(er|ers|ing)|newspapers?|journalis[mt]s?|media|rumou?rs?"
        r"|posts?|blog(s|ger|gers)?|censorship|broadcast(s|ing)?|internet content|online content"
        r"|wechat|weibo|douyin|tiktok|twitter|tweets?|facebook|chat (groups?|messages?|logs?)|utterances?",
        r"言论|言行|出版|新闻|报刊|记者|媒体|舆论|舆情|谣言|发帖|博客|微博|(?<!小)微信|抖音|朋友圈|聊天|审查内容|广播电视"
        r"|网络内容",
        r"(date of|awaiting) publication|publication (date|day|period|deadline|end)"
        r"|publication of (the )?(penalt(y|ies)|decisions?|lists?)"
        r"|(printing|filter|hydraulic) press|audit opinions?|post ?codes?|posts? and telecommunications"
        r"|(storage|filter|environmental) media|speech therapy|wechat pay",
        r"微信支付",
    ),
    Wire(
        "association or petitioning",
        "1.4",
        r"associations?|assembly|assemblies|petitions?|petitioning|petitioners?|strikes?|unions?|unioni[sz]\w+"
        r"|rights defen[cs]e|volunteer(s|ing)?|(foreign|overseas) (ngos?|non governmental organi[sz]ations?)"
        r"|(join(ed|s|ing)?|members? of|membership of|membership in) (an? |the )?(\w+ )?"
        r"(ngos?|clubs?|societ(y|ies))",
        r"结社|集会|聚会|聚众|非法聚集|信访|上访|请愿|罢工|维权|(?<![加施化手])工会(?![议展商计诊])|志愿者|志愿服务|非政府组织|境外组织"
        r"|(加入|参加)[\u4e00-\u9fff]{0,6}(组织|团体|社团|协会)",
        r"(industry|trade|housing|business) associations?|associations? grades?"
        r"|(assembly (line|plant|shop|drawing))|lightning strikes?|bankruptcy petitions?"
        r"|(credit|customs|european|pipe) unions?|trade union (levy|dues|funds?)",
        r"工会经费",
    ),
    Wire(
        "ethnicity",
        "1.4",
        r"ethnic(ity|ities|al)?|races?|racial|nationality of persons?|tribes?|tribal|minorit(y|ies)|caste"
        r"|mother tongues?|cuisines?|u[iy]gh?urs?|tibetans?|mongol(s|ians?)?|kazakhs?|zhuang|manchus?|roma|gyps(y|ies)"
        r"|hui (people|staff|employees?|workers?)|skin colou?rs?|indigenous|ancestry",
        r"民族|种族|族裔|族群|族别|籍贯|菜系|肤色|维吾尔|维族|藏族|蒙古族|回族|壮族|满族|苗族|彝族|朝鲜族|汉族|哈萨克"
        r"|族(员工|职工|工人|人员|居民)",
        r"race (course|track)s?|minority (shareholders?|shareholdings?|interests?)"
        r"|(tibetan|mongolian|uyghur) medicines?|roma tomato(es)?",
        r"民族乡|民族自治|(回族|壮族|维吾尔|藏族|蒙古族|朝鲜族|哈萨克|苗族|满族|彝族)自治[区州县旗]",
    ),
    Wire(
        "genes, fingerprints or blood type",
        "1.4",
        r"genes?|genetic(s|ally)?|genom(e|es|ic)|dna|fingerprints?|biometrics?|iris scans?|facial|faces?"
        r"|blood ?(types?|groups?)|voice ?prints?|retinas?",
        r"基因|遗传|指纹|人脸|面部识别|虹膜|声纹|血型|生物识别",
        r"genetically modified|gene(tic)? (seeds?|bank)|(file|key) fingerprints?",
        r"转基因",
    ),
    Wire(
        "illness or medical history",
        "1.4",
        r"illness(es)?|diseases?|medical (history|histories|records?)"
        r"|health (status|conditions?|code|data|records?|information|history|state)|^health$"
        r"|health of (the |its )?(staff|owners?|employees?|workers?|persons?|people)"
        r"|diagnos(is|es|tic)|disabilit(y|ies)|disabled|hiv|aids|mental health|hepatitis|covid( ?19)?|coronavirus"
        r"|tuberculosis|diabet(es|ics?)|cancers?|tumou?rs?|depression|infect(ed|ions?)|patients?|sick|sickness"
        r"|medications?|prescriptions?|body ?temperatures?|fevers?|surger(y|ies)|hospitali[sz](ed|ations?)"
        r"|blood (donat\w+|donors?|pressure|sugar|tests?|transfusions?)|abortions?|miscarriages?|addict\w*"
        r"|drug (abuse|abusers?|users?)|alcoholi(cs?|sm)|pregnan(t|cy|cies)|vaccinat(ed|ions?)",
        r"疾病|病史|病历|病假|病人|健康(码|状况|情况|信息|档案|数据)|^健康$|诊断|残疾|艾滋|精神病|怀孕|妊娠|孕妇|疫苗接种"
        r"|传染病|乙肝|肝炎|新冠|感染|携带者|癌|肿瘤|患者|患病|流产|堕胎|服药|(?<!兽)(?<!农)(?<!安全)用药(?!品)|体温"
        r"|血压|血糖|献血|输血|吸毒|戒毒|毒瘾|成瘾|酗酒|抑郁|住院|就诊|就医|糖尿病|结核病",
        r"occupational diseases?|(animal|plant|livestock|crop|aquatic) diseases?|disease(-| )free (zone|area)"
        r"|(in vitro )?diagnostic (reagents?|devices?|equipment)|state aids?|first aids?|training aids?"
        r"|infection (prevention|control)|prescription (drugs?|medicines?)|alcoholic (drinks?|beverages?)"
        r"|blood pressure (monitors?|meters?)|blood sugar meters?|(veterinary|dental|animal) surger(y|ies)"
        r"|swine fever|infected (animals?|plants?|trees?)",
        r"职业病|动物疫病|体外诊断|医院感染|感染(管理|控制)|致癌|抗肿瘤药|血压计|血糖仪|体温计",
    ),
)
"""Protected traits and freedoms: refused as fields and, unless ignored, as columns; and as titles."""

PRIVATE = (
    Wire(
        "family and private life",
        "1.4",
        r"famil(y|ies)|marriages?|marital|spouses?|wife|husband|child(ren)?|kinship|parents?|schooling|pupils?"
        r"|sex|sexes|sexual|sexuality|(homo|bi|trans|hetero)sexual(s|ity)?|gays?|lesbians?|lgbt\w*|transgender|gender"
        r"|birth(s|days?)?|divorces?|private life|home address(es)?|leisure|hukou|household registrations?"
        r"|relatives|siblings?|daughters?|mothers?|fathers?",
        r"家庭|婚姻|婚否|婚育|结婚|配偶|妻子|丈夫|子女|儿童|亲属|父母|母亲|父亲|入学|就学|学籍|性别|性取向|同性恋"
        r"|双性恋|变性(人|手术)|跨性别|生育|离婚|恋爱|私生活|户籍|(?<![账开])户口(?![径令])|出生",
        r"famil(y|ies) (farms?|restaurants?)|mother compan(y|ies)|parent (compan(y|ies)|organi[sz]ations?|entit(y|ies))"
        r"|child labou?r|children'?s (products?|toys?|food|clothing|wear)|product famil(y|ies)",
        r"家庭农场|儿童(用品|玩具|食品|服装)",
    ),
    Wire(
        "personal points",
        "1.3",
        r"personal (credit )?(points?|scores?|credit)"
        r"|(citizens?|residents?|individuals?|villagers?|social) (credit )?(points?|scores?|ratings?|grades?)"
        r"|morality|moral(s| conduct)?|civili[sz]ed conduct|uncivil\w*|good deeds|karma|virtues?|virtuous"
        r"|filial( piety)?|jaywalk(ing|ers?)?|littering|spitting",
        r"个人(信用)?(积分|分值|评分|等级)|(市民|公民|居民|村民)(积分|信用|诚信|评分|等级)|信用分(?![级类析布])|道德"
        r"|品德|德行|美德|孝顺|孝道|孝敬|不孝|文明行为|好人好事|不文明|闯红灯|乱穿马路|吐痰|遛狗",
        r"by virtue of|(social )?insurance (scores?|grades?)",
        r"(企业|主体|机构)信用分",
    ),
)
"""Matters that are no domain at all."""

PERSONS = (
    Wire(
        "a number or contact of a natural person",
        "1.2",
        r"(identity|id|identification|passport|driving licen[cs]e) (cards?|numbers?|no|types?|documents?)"
        r"|passports?|cpf|ssn|nino|(social|national) (security|insurance) (no|numbers?|cards?)|mobile (phone )?numbers?"
        r"|wechat|whatsapp|qq|tel|cell ?phones?"
        r"|contact (details|information|info|methods?|data|no|numbers?)|^contacts?$"
        r"|(tele)?phones?( numbers?)?|e ?mails?( address(es)?)?|id type of .*|id number of .*",
        r"身份证|身份号|证件(类型|号码|号)|护照|手机|电话|邮箱|驾驶证|驾照|社会保障(卡|号)|社保(卡|号|账号|编号)|联系方式"
        r"|(?<!小)微信|QQ|银行卡号",
        r"(tax|business|organi[sz]ation|registration|device|vehicle) (id|identification) (numbers?|no)",
    ),
    Wire(
        "a natural person",
        "1.2",
        r"(persons?|individuals?|people) (named )?(directly )?(responsible|in charge|liable)"
        r"|(responsible|liable) (persons?|individuals?|staff|officers?|employees?)|natural persons?"
        r"|legal representatives?|(actual|ultimate) controllers?|beneficial owners?|directors?|managers?"
        r"|handling officers?|inspectors? names?|owners?|contact persons?|proprietors?|founders?|boss(es)?"
        r"|c[efo]os?|chief (executive|financial|operating)( officers?)?|presidents?|chair(man|men|woman|persons?)"
        r"|applicants?|drivers?|victims?|complainants?|whistle ?blowers?|witness(es)?|signator(y|ies)|shop ?keepers?"
        r"|(sur|fore)names?|(first|last|given|family|full|middle|maiden) ?names?|nick ?names?"
        r"|(employees?|staff|workers?|person|persons|people|individuals?|signers?|customers?|users?) (names?|ids?)"
        r"|names? of (the |an? )?(employees?|staff|workers?|persons?|people|individuals?|signers?|customers?)"
        r"|^(the )?(person|persons|individual|individuals|people)$",
        r"自然人|责任人|负责人|责任人员|法定代表人|法人代表|实际控制人|受益所有人|董事|监事|经理|高管|经办人|执法人员"
        r"|联系人|姓名|姓氏|姓$|名字|经营者|老板|店主(?!要)|^业主$|业主名|总裁(?![决定量])|首席执行官|创始人|申请人|(?<!公)司机|驾驶员|驾驶人|受害人|被害人"
        r"|投诉人|举报人|(?<![认保持可])证人(?!员)|签字人|员工名",
        r"board of directors report|managers? of (funds|assets)|confidence in managers?"
        r"|owner occupied|(brand|trade ?mark|copyright|patent) owners?|(device|cost) drivers?|driver schools?",
        r"认证的?经营者|经营者集中|业主(大会|委员会)|百姓",
    ),
)
"""Natural persons: a field never, a column only where it is ignored or maps to a role."""

HOMES = (
    Wire(
        "a place that may be a home",
        "1.1",
        r"longitude|latitude|coordinates|geo ?(code|location)|lat|lon|lng|address(es)?|residences?",
        r"经度|纬度|坐标|住址|地址|住所|门牌|居住地",
        r"(web|internet|ip) address(es)?",
    ),
)
"""Where somebody may live: a field never, a column only where it is ignored."""


@cache
def wire_that_rings(text: str, wires: tuple[Wire, ...]) -> Wire | None:
    """The first wire that the text rings: an English title, a Chinese title, or a name such as `raceCode`."""
    spellings = (_words(text), _words(text.lower()))
    for wire in wires:
        innocent, english, chinese = _patterns(wire)
        if any(english.search(innocent.sub(" ", words)) for words in spellings):
            return wire
        if chinese.search(innocent.sub(" ", text)):
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
    """Lower-case words parted by blanks: `BloodType` and `blood_type` become `blood type`, WeChat `we chat`."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.sub(r"[\s_.\-/()（）]+", " ", parted).strip().lower()
