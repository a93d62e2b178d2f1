"""The words by which a measure gives away whom it meets, what it takes, and who would carry it out (clause 1.7).

A pack could call a travel ban "key supervision of the organisation". As with domains, the words are read too.
"""

from __future__ import annotations

from goodstanding.catalogue.tripwire import Wire

ON_PERSONS = Wire(
    "a measure on natural persons",
    "1.7",
    r"travel(ling|s)?|flights?|fly(ing)?|air(line|craft|port)s?|planes?|trains?|rail(way)?s? tickets?|tickets?"
    r"|high[- ]?speed rail|passengers?|hotels?|holidays?|golf|night ?clubs?|luxur(y|ious|ies)"
    r"|(high |restriction of |limits? on |restriction on )(consumption|spending)|spending"
    r"|school(s|ing)?|enrol?ments?|tuition|exit bans?|leaving the country|leave the country|departure bans?"
    r"|passports?|borders?|office ?(holding|limits?|bans?)|hold(ing)? (an )?offices?|limits? on offices?"
    r"|restriction on offices?|serv(e|ing) as|civil (servants?|service)|personal(ly)?|owners?"
    r"|proprietors?|recruit(ment|ing)? of (staff|civil)|promotions?"
    r"|(persons?|individuals?|people)('s|s)?|officers?|executives?|directors?|managers?|staff|employees?|citizens?"
    r"|legal representatives?|controllers?|famil(y|ies)|child(ren)?|spouses?|driving licen[cs]es?|pensions?",
    r"出境|出国|出行|乘坐|乘机|飞机|航空器|火车|高铁|动车|列车|机票|车票|旅游|度假|酒店|宾馆|高尔夫|夜总会|高消费|限制消费|消费行为"
    r"|升学|入学|复学|就读|学校|子女|任职|担任|职务|录用|招录|公务员|晋升|晋级|职称|护照|签证|自然人|个人|人员|责任人"
    r"|法定代表人|负责人|高管|董事|监事|经理|实际控制人|市民|居民|业主|家庭|配偶",
    r"(tender|project|ticketing) managers? software",
    r"人员密集场所|个人(信息)?保护",
)
"""Travel, spending, schooling, office, exit, and persons by any name."""

ON_RELATED = Wire(
    "a measure on another organisation than the listed one",
    "1.7",
    r"parents?( compan(y|ies)| organi[sz]ations?)?|subsidiar(y|ies)|branch(es)?|affiliat(e|es|ed)|suppliers?"
    r"|customers?|group compan(y|ies)|shareholders?|investors?|(the|its|whole|same) group"
    r"|(controlled|holding) (compan(y|ies)|enterprises?)"
    r"|related (compan(y|ies)|part(y|ies)|organi[sz]ations?)"
    r"|partners?|successors?|associated (compan(y|ies)|enterprises?)",
    r"母公司|子公司|分公司|分支机构|关联(企业|公司|方|单位)|供应商|客户|股东|投资人|集团(?!公司名称)|控股|合作方|上下游|出资人",
)
"""Parents, branches, suppliers, shareholders."""

TAKING_RIGHTS = Wire(
    "a measure that takes away rights",
    "1.7",
    r"ban(s|ned|ning)?|barred|debar(red|ment)?|prohibit(s|ed|ion)?|disqualif\w*|forbid\w*|exclu(de|ded|des|sion)"
    r"|market (entry|access|exit)|loss of (\w+ )?(qualification|licen[cs]e|right)s?"
    r"|no (new )?applications? for (the |a |any )?(same )?(licen[cs]e|permit)s?"
    r"|(revo(ke|cation)|suspen(d|sion)) \w* ?(of )?(the )?(licen[cs]e|permit)s?",
    r"禁入|禁止|准入|逐出|吊销|暂扣|撤销[^，。]{0,6}(许可|资质)|停业|取消[^，。]{0,12}资格|不得(申请|参加|从事)|剥夺|行业限制|限制从业|关闭",
)
"""Bans, exclusions, loss of a qualification."""

LOW_INSTRUMENT = Wire(
    "a memorandum, notice or local rule",
    "1.7",
    r"memorand(um|a)|mou|notices?|opinions?|circulars?|action plans?|guidelines?|minutes|provinc(e|ial)|municipal"
    r"|cit(y|ies)|local|county|draft",
    r"备忘录|通知|意见|方案|计划|纪要|指引|办法|规划|草案|征求意见|省|市(?!场)|自治区|特区|县|发改|财库|〔\d{4}〕",
)
"""Instruments that are no law and no administrative regulation, whatever rank is declared."""

MARKET = Wire(
    "a market participant",
    "1.7",
    r"banks?|lenders?|insurers?|platforms?|associations?|chambers?"
    r"|federations? of industry|credit (bureau|agenc|rating)\w*"
    r"|rating agenc(y|ies)|media|broadcast\w*|news agenc(y|ies)|newspapers?|compan(y|ies)|corporations?|china railway"
    r"|landlords?|shops?|merchants?|e-?commerce|council for the promotion",
    r"(?<!人民)银行(?!保险监督|监管|业监督)|贷款机构|平台|协会|商会|工商业联合会|征信(?!管理局)|评级机构|媒体|电视台|广播电台|通讯社|报社|公司|集团|中国铁路"
    r"|商户|商家|电商|促进委员会",
    r"people'?s bank( of china)?|(banking|insurance)( and insurance)? regulat\w+( commission)?"
    r"|(credit )?information platform centre",
)
"""Bodies that cannot be ordered, by their names."""
