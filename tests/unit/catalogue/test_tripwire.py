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


def test_an_innocent_phrase_does_not_cover_what_stands_beside_it() -> None:
    ringing = wire_that_rings("Occupational disease and medical history", ALL)

    assert ringing is not None
    assert ringing.matter == "illness or medical history"
