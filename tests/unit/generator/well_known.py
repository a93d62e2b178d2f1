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
