"""Invented syllables and ordinary trade words, from which the names of the province are put together.

Trade names are pairs of characters that few firms use, before them an invented county: the whole is nobody's
name. Family names are characters that are no family names. Each entry is (Chinese, pinyin or English).
"""

from __future__ import annotations

Words = tuple[tuple[str, str], ...]

FIRST: Words = (
    ("溟", "ming"), ("岫", "xiu"), ("珩", "heng"), ("翀", "chong"), ("珵", "cheng"), ("霁", "ji"), ("筠", "yun"),
    ("楹", "ying"), ("沅", "yuan"), ("璟", "jing"), ("晗", "han"), ("骁", "xiao"), ("峤", "qiao"), ("霂", "mu"),
    ("潆", "ying"), ("瑄", "xuan"), ("棠", "tang"), ("漪", "yi"), ("砚", "yan"), ("黛", "dai"), ("琮", "cong"),
    ("埕", "cheng"), ("堃", "kun"), ("嵊", "sheng"), ("榉", "ju"), ("湜", "shi"), ("熠", "yi"), ("犇", "ben"),
    ("瑾", "jin"), ("璆", "qiu"), ("畹", "wan"), ("禛", "zhen"), ("洺", "ming"), ("昀", "yun"), ("烺", "lang"),
    ("焜", "kun"), ("煦", "xu"), ("燊", "shen"), ("珞", "luo"), ("琚", "ju"), ("琬", "wan"), ("瑗", "yuan"),
    ("璜", "huang"), ("穑", "se"), ("窈", "yao"), ("笃", "du"), ("箴", "zhen"), ("缃", "xiang"),
)  # fmt: skip

SECOND: Words = (
    ("澹", "dan"), ("栩", "xu"), ("垚", "yao"), ("桉", "an"), ("樾", "yue"), ("淏", "hao"), ("渌", "lu"),
    ("牧", "mu"), ("珣", "xun"), ("皓", "hao"), ("笙", "sheng"), ("箬", "ruo"), ("粲", "can"), ("绫", "ling"),
    ("翊", "yi"), ("芃", "peng"), ("苡", "yi"), ("茗", "ming"), ("荻", "di"), ("菘", "song"), ("葳", "wei"),
    ("蔚", "wei"), ("葶", "ting"), ("翯", "he"), ("蘅", "heng"), ("赟", "yun"), ("遒", "qiu"), ("邈", "miao"),
    ("钺", "yue"), ("锜", "qi"), ("镝", "di"), ("阆", "lang"), ("陉", "xing"), ("隽", "jun"), ("雱", "pang"),
    ("霨", "wei"), ("鞅", "yang"), ("韫", "yun"), ("飏", "yang"), ("骧", "xiang"), ("鹄", "hu"), ("麓", "lu"),
    ("黻", "fu"), ("鼐", "nai"), ("龢", "he"), ("晟", "sheng"), ("昉", "fang"), ("旻", "min"),
)  # fmt: skip

# The third syllable appears only when the pairs of all trades are used up; the first entry is "none".
THIRD: Words = (
    ("", ""), ("沔", "mian"), ("洮", "tao"), ("湟", "huang"), ("滹", "hu"), ("濋", "chu"), ("灈", "qu"),
    ("岷", "min"), ("崤", "xiao"), ("嶷", "ni"), ("邙", "mang"), ("郴", "chen"), ("郓", "yun"), ("鄠", "hu"),
    ("鄯", "shan"), ("酆", "feng"), ("隰", "xi"), ("鄄", "juan"), ("鄱", "po"), ("阼", "zuo"), ("堽", "gang"),
    ("垆", "lu"), ("埇", "yong"), ("塬", "yuan"), ("墉", "yong"), ("峁", "mao"), ("岽", "dong"), ("峄", "yi"),
    ("崮", "gu"), ("嵛", "yu"), ("嵝", "lou"), ("巉", "chan"),
)  # fmt: skip

TRADES: Words = (
    ("精密机械", "Precision Machinery"), ("化工", "Chemicals"), ("环保科技", "Environmental Technology"),
    ("食品", "Foods"), ("建筑工程", "Construction Engineering"), ("物流", "Logistics"), ("纺织", "Textiles"),
    ("医疗器械", "Medical Devices"), ("电子", "Electronics"), ("软件", "Software"), ("餐饮管理", "Catering"),
    ("房地产开发", "Real Estate"), ("农业科技", "Agricultural Technology"), ("新材料", "New Materials"),
    ("包装印刷", "Packaging and Printing"), ("家具", "Furniture"), ("进出口贸易", "Import and Export"),
    ("酒店管理", "Hotels"), ("汽车配件", "Auto Parts"), ("水泥", "Cement"), ("造纸", "Paper"),
    ("热力", "Heat Supply"), ("污水处理", "Sewage Treatment"), ("矿业", "Mining"), ("玻璃", "Glass"),
    ("制药", "Pharmaceuticals"), ("运输", "Transport"), ("劳务", "Labour Services"), ("园林", "Landscaping"),
    ("水产", "Aquatic Products"), ("光学仪器", "Optical Instruments"), ("商贸", "Trading"),
)  # fmt: skip

ENTERPRISE_FORMS: Words = (
    ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."), ("有限公司", "Co., Ltd."),
    ("有限责任公司", "LLC"), ("股份有限公司", "Joint Stock Co."), ("合伙企业（有限合伙）", "LP"),
)  # fmt: skip
COOPERATIVE_FORMS: Words = (("专业合作社", "Cooperative"),)
ASSOCIATION_FORMS: Words = (("行业协会", "Trade Association"), ("商会", "Chamber of Commerce"))
SERVICE_FORMS: Words = (("培训中心", "Training Centre"), ("技术服务中心", "Technical Service Centre"))
INSTITUTION_FORMS: Words = (("研究所", "Research Institute"), ("检测站", "Testing Station"))
# What individual businesses call themselves: planted as a fault, refused by section 1 of the design.
STALLS: tuple[str, ...] = ("小吃店", "便利店", "理发店", "五金经营部", "水果摊", "修车铺")

SURNAMES: Words = (
    ("岫", "Xiu"), ("霂", "Mu"), ("筠", "Yun"), ("珩", "Heng"), ("漪", "Yi"), ("砚", "Yan"), ("黛", "Dai"),
    ("琮", "Cong"), ("嵊", "Sheng"), ("榉", "Ju"), ("熠", "Yi"), ("畹", "Wan"), ("璆", "Qiu"), ("楹", "Ying"),
    ("霁", "Ji"), ("溟", "Ming"), ("骁", "Xiao"), ("翀", "Chong"), ("潆", "Ying"), ("璟", "Jing"),
    ("湜", "Shi"), ("峤", "Qiao"), ("瑄", "Xuan"), ("珵", "Cheng"),
)  # fmt: skip
"""Characters that are no Chinese family names (a test holds them against the common ones)."""

GIVEN: Words = (
    ("安澜", "Anlan"), ("知微", "Zhiwei"), ("若谷", "Ruogu"), ("听松", "Tingsong"), ("问渠", "Wenqu"),
    ("怀舟", "Huaizhou"), ("望舒", "Wangshu"), ("予墨", "Yumo"), ("砚秋", "Yanqiu"), ("照野", "Zhaoye"),
    ("南枝", "Nanzhi"), ("归远", "Guiyuan"), ("清和", "Qinghe"), ("云岫", "Yunxiu"), ("明夷", "Mingyi"),
    ("观复", "Guanfu"), ("守拙", "Shouzhuo"), ("临川", "Linchuan"), ("思齐", "Siqi"), ("行简", "Xingjian"),
    ("牧之", "Muzhi"), ("采薇", "Caiwei"), ("子衿", "Zijin"), ("扶摇", "Fuyao"), ("既白", "Jibai"),
    ("未晞", "Weixi"), ("景行", "Jingxing"), ("如晦", "Ruhui"), ("星野", "Xingye"), ("晚照", "Wanzhao"),
    ("长歌", "Changge"), ("雁回", "Yanhui"), ("霜序", "Shuangxu"), ("谷雨", "Guyu"), ("芒种", "Mangzhong"),
    ("白露", "Bailu"), ("寒蝉", "Hanchan"), ("听雪", "Tingxue"), ("拾光", "Shiguang"), ("青禾", "Qinghe"),
)  # fmt: skip
