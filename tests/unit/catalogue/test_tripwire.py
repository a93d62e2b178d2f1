"""The tripwire rings at forbidden matters in both languages, and not at their innocent neighbours."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.tripwire import HOMES, PERSONS, PRIVATE, PROTECTED, wire_that_rings


def words(text: str) -> list[str]:
    """What is parted by commas."""
    return [one.strip() for one in text.split(",")]


ALL = (*PROTECTED, *PRIVATE, *PERSONS, *HOMES)


@pytest.mark.parametrize(
    "text",
    words(
        """
        Religion, religious_belief, 宗教信仰, Political opinion, PoliticalStatus, 政治面貌, 是否党员,
        Party organisation not set up, Speech online, 发表言论, Press articles, Publisher, 出版物,
        Petitions, 信访次数, Association membership, 结社, Volunteer hours, ethnicCode, race, 民族,
        Family members, 家庭成员, Gene test, dna, 指纹, fingerprint_hash, blood-type, 血型, Illness,
        medical_history, 病史, Personal points, 个人积分, 市民诚信分, schooling, 子女入学,
        identity number, 证件号码, passport_no, 手机号, e-mail, person responsible, 负责人,
        Legal representative, 法定代表人, 姓名, latitude, 经度, cuisine, 户籍, Occupation and religion
        """
    ),
)
def test_it_rings(text: str) -> None:
    assert wire_that_rings(text, ALL) is not None


@pytest.mark.parametrize(
    "text",
    words(
        """
        Associated company, Pressure vessel, Trace of residues, Publication date, 公示日期, 公示截止期,
        Publication of the penalty, Parent company, 母公司, Family farm, 家庭农场, Occupational disease,
        职业病危害, General inspection, Generation of electricity, Genetically modified food,
        转基因食品标识, In good faith, Minority shareholder, 旅游行政处罚, Trade association grade,
        children's products, 儿童用品, surface water, Partial performance, Party to the contract,
        行政相对人名称, Impressed stamp, Animal disease control, 动物疫病, registration number,
        Tax identification number, 统一社会信用代码, ConfidenceInManagement, Healthy food mark,
        Diagnostic reagents, 体外诊断试剂, 违法行为类型, 没收违法所得, Strikethrough
        """
    ),
)
def test_it_does_not_ring(text: str) -> None:
    assert wire_that_rings(text, ALL) is None


@pytest.mark.parametrize(
    "text",
    words(
        """
        Creed of the owner, 信教情况, Sect and cult activity, 邪教活动, Bible distribution, 圣经发放,
        Quran classes, Koran, Spiritual groups, 修行团体, Uyghur employees, 维吾尔族员工, 回族员工,
        Hepatitis carriers, 乙肝携带者, Covid infections, COVID-19, 新冠感染, Cancer patients, 癌症患者,
        Sick leave, 病假, Homosexual owners, 同性恋, Abortions, 流产, Hukou, 户口, Drug addiction,
        吸毒, Blood donation, 献血, WeChat remarks, 微信言行, Rally attendance, 聚众活动,
        Trade union founded, 工会组建, Joined a foreign NGO, 加入境外组织, Citizen credit rating,
        公民信用分, Karma and virtue score, 品德分, Jaywalking of staff, 闯红灯, filial piety
        """
    ),
)
def test_an_item_about_persons_and_their_freedoms_rings_by_its_title(text: str) -> None:
    assert wire_that_rings(text, (*PROTECTED, *PRIVATE)) is not None


@pytest.mark.parametrize(
    "text",
    words(
        """
        owner, 经营者, boss, 老板, employee_name, EmployeeName, 员工名字, CEO, 总裁, applicant, 申请人,
        driver, 司机, victim, 受害人, surname, 姓, 经营者姓, SSN, 社保号, WeChat account, 微信号, tel,
        联系方式, health, 健康, medication, body temperature, 体温, creed, bloodgroup, AddressLine1,
        address, 住址, 地址, 家庭住址
        """
    ),
)
def test_a_field_about_a_person_rings_by_its_name(text: str) -> None:
    assert wire_that_rings(text, ALL) is not None


INNOCENT_TITLES = words(
    """
    Health inspection of food premises, 食品经营场所卫生检查, Public health permit, 公共场所卫生许可证,
    Animal health certificate, 动物检疫合格证明, Occupational health inspection, 职业健康检查机构,
    Patent, 专利侵权行政裁决, Driver licences of the vehicle fleet, Owner-occupied premises,
    AEO certified operator, 经认证的经营者, Control of concentrations, 经营者集中, 平台企业,
    Infection control of hospitals, 医院感染管理, Prescription drugs sold without licence,
    兽用药品经营, 农用药剂, 安全用药宣传, Carriers of dangerous goods, 危险货物承运人,
    Trade union levy paid, 工会经费代收, Customs union tariff, 施工会议纪要, 加工会计核算,
    诚信教育, 短信教程, 维修行业管理, 装修行为, 渠道教育, 集团员工工资, 公司机构变更, 企业主体类型,
    行业主管部门, 认证人员, 持证人员, 保证人, 合同性质, 改变性质, 小微信贷, 汇总裁决, 许可兰州,
    食品药品行政处罚, 信用分级分类监管, 企业信用分类, Relative humidity, Change in law,
    By virtue of the permit, Demonstration zone, Demonstration farm, 示范区, Rally car parts,
    宁夏回族自治区, 延边朝鲜族自治州, 畜牧师, 血压计, Alcoholic beverages, Insecticides, Culture of fish,
    Spirits and wine, 账户口令, 总结核对, Aquarium 水族馆, African swine fever, Credit unions,
    Food contact materials, 食品接触材料, Mobile cranes, Web address, 老百姓, Contract performance,
    Temperature of cold stores, 冷库温度, Labour inspection, 开户口径
    """
)


@pytest.mark.parametrize("text", INNOCENT_TITLES)
def test_an_ordinary_title_of_regulation_does_not_ring(text: str) -> None:
    wires = (*PROTECTED, *PRIVATE) if text.startswith("Driver") else ALL
    assert wire_that_rings(text, wires) is None


def test_the_innocent_titles_are_many() -> None:
    assert len(set(INNOCENT_TITLES)) >= 40


def test_an_innocent_phrase_does_not_cover_what_stands_beside_it() -> None:
    ringing = wire_that_rings("Occupational disease and medical history", ALL)

    assert ringing is not None
    assert ringing.matter == "illness or medical history"
