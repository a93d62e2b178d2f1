"""The closed lists of the catalogue: domains of items, kinds of subjects, grounds and rules.

The domains are clause 1.4 of the design. They live in code and not in a pack so that nobody can widen
what is recorded by editing data: a change here needs a decision record in docs/adr.
"""

from __future__ import annotations

from types import MappingProxyType

from goodstanding.catalogue.model import Title

DOMAINS = MappingProxyType(
    {
        "registration": Title("Registration and annual report", "登记与年度报告"),
        "tax": Title("Tax", "税务"),
        "customs": Title("Customs", "海关"),
        "product_quality": Title("Product quality", "产品质量"),
        "food_and_medicines": Title("Food and medicines", "食品药品"),
        "workplace_safety": Title("Workplace safety", "安全生产"),
        "environment": Title("Environment", "生态环境"),
        "energy_and_utilities": Title("Energy and utilities", "能源与公用事业"),
        "agriculture": Title("Agriculture", "农业"),
        "wages": Title("Wages", "工资支付"),
        "social_insurance_and_housing_fund": Title(
            "Social insurance and housing fund", "社会保险与住房公积金"
        ),
        "public_procurement": Title("Public procurement", "公共采购"),
        "construction": Title("Construction", "工程建设"),
        "transport_and_tourism": Title("Transport and tourism", "交通运输与旅游"),
        "finance_and_securities": Title("Finance and securities", "金融与证券"),
        "competition_and_consumer_protection": Title(
            "Competition and consumer protection", "竞争与消费者权益保护"
        ),
        "intellectual_property": Title("Intellectual property", "知识产权"),
        "statistics_reporting": Title("Statistics reporting", "统计申报"),
        "court_judgments": Title("Court judgments", "司法裁判"),
        "government_contracts": Title("Contracts with government", "政府合同履行"),
        "charity_accounts": Title("Charity accounts", "慈善组织财务"),
    }
)
"""What an item may be about (clause 1.4): name of the domain, its title."""

SUBJECT_KINDS = MappingProxyType(
    {
        "enterprise": Title("Enterprise", "企业"),
        "establishment": Title("Establishment", "经营场所"),
        "branch": Title("Branch", "分支机构"),
        "cooperative": Title("Cooperative", "合作社"),
        "collective": Title("Rural collective", "农村集体经济组织"),
        "social_organisation": Title("Social organisation", "社会组织"),
        "public_institution": Title("Public institution", "事业单位"),
        "government_body": Title("Government body", "政府机关"),
        "mass_organisation": Title("Mass organisation", "群众团体"),
        "professional_body": Title("Professional body", "专业服务机构"),
        "city": Title("City", "城市"),
        "other": Title("Other organisation", "其他组织"),
    }
)
"""What a subject may be (clause 1.1); the ledger holds the same list as a constraint."""

PERSON_KINDS = frozenset(
    {
        "person",
        "natural_person",
        "individual",
        "individual_business",
        "sole_trader",
        "household",
        "official",
        "employee",
        "自然人",
        "个体工商户",
        "个人",
    }
)
"""Kinds that are natural persons or their trade: named so that the refusal can say which clause it is."""

PERSON_SCHEMES = frozenset({"cpf", "cn.ric", "ric", "resident-identity", "passport", "ssn", "nino", "phone"})
"""Identifier schemes of natural persons: never a key, never a column."""

REFUSAL_RULES = frozenset({"natural-person", "sole-trader", "home", "personal-number", "authority"})
"""Why a row is refused, as the intake report counts it."""

LIST_GROUNDS = frozenset({"filing", "finance"})
"""The grounds of lists about culture, internet or social organisations that are admitted (clause 1.4)."""

LEVELS = frozenset({"international", "national", "provincial", "municipal", "county"})
"""Level of an authority."""

SENSIBLE_RETENTION = 360
"""Longest retention in months that a pack may state: longer is as good as for ever (clause 1.8)."""
