"""Trade names that everybody knows: no invented name may contain one."""

from __future__ import annotations

WELL_KNOWN: tuple[tuple[str, str], ...] = (
    ("阿里巴巴", "alibaba"), ("腾讯", "tencent"), ("百度", "baidu"), ("华为", "huawei"), ("小米", "xiaomi"),
    ("京东", "jingdong"), ("美团", "meituan"), ("字节跳动", "bytedance"), ("拼多多", "pinduoduo"),
    ("网易", "netease"), ("新浪", "sina"), ("搜狐", "sohu"), ("滴滴", "didi"), ("比亚迪", "byd"),
    ("吉利", "geely"), ("奇瑞", "chery"), ("长城", "changcheng"), ("宁德时代", "catl"), ("格力", "gree"),
    ("美的", "midea"), ("海尔", "haier"), ("海信", "hisense"), ("联想", "lenovo"), ("中兴", "zte"),
    ("大疆", "dji"), ("茅台", "moutai"), ("五粮液", "wuliangye"), ("伊利", "yili"), ("蒙牛", "mengniu"),
    ("万科", "vanke"), ("恒大", "evergrande"), ("碧桂园", "country garden"), ("绿地", "greenland"),
    ("平安", "ping an"), ("招商", "zhaoshang"), ("中石化", "sinopec"), ("中石油", "petrochina"),
    ("国家电网", "state grid"), ("中国移动", "china mobile"), ("宝钢", "baosteel"), ("万达", "wanda"),
    ("苏宁", "suning"), ("国美", "gome"), ("顺丰", "shunfeng"), ("圆通", "yuantong"), ("中通", "zhongtong"),
    ("三一", "sany"), ("中联", "zoomlion"), ("徐工", "xcmg"), ("药明康德", "wuxi apptec"), ("恒瑞", "hengrui"),
    ("复星", "fosun"), ("海康", "hikvision"), ("大华", "dahua"), ("京能", "jingneng"), ("农夫山泉", "nongfu"),
    ("娃哈哈", "wahaha"), ("康师傅", "kangshifu"), ("旺旺", "want want"), ("老干妈", "laoganma"),
    ("全聚德", "quanjude"), ("海底捞", "haidilao"), ("同仁堂", "tongrentang"), ("云南白药", "baiyao"),
    ("长虹", "changhong"), ("康佳", "konka"), ("TCL", "tcl"), ("李宁", "li-ning"), ("安踏", "anta"),
)  # fmt: skip

# The hundred and some family names that most people in China bear.
FAMILY_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
    "傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康"
    "施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗"
)
