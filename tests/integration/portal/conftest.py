"""A small province of two companies and a restaurant, and a reader who has no account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from goodstanding.ledger.queries import find_subject
from goodstanding.postgres import Lease
from tests.integration.installation import TODAY, Installation, Template, installed

MOTHER, DAUGHTER, RESTAURANT = "91990105MADU4E6B60", "91990304MAN49LDD8A", "30075445"
PERSON, SUCCESSOR, PREDECESSOR = "黛牧之", "燊未来", "琚离任"

NAME = "岫桥县埕雱汽车配件股份有限公司"
REGISTRATION = f"""统一社会信用代码,名称,英文名称,曾用名,主体类型,成立日期,行政区划代码,工商注册号
{MOTHER},{NAME},Xiuqiao Chengpang Auto Parts Co.,岫桥县旧名有限公司,企业,2012/05/06,990105,990105000000694
{DAUGHTER},溟泉县榉晟化工有限公司,,,企业,2015/01/01,990304,
"""
TIES = f"""统一社会信用代码,关系类型,关联方统一社会信用代码,起始日期,终止日期
{DAUGHTER},子公司,{MOTHER},2021/08/15,2099/12/31
"""
ROLES = f"""统一社会信用代码,姓名,职务,任职日期,离任日期
{MOTHER},{PERSON},法定代表人,2017/07/31,2099/12/31
{MOTHER},{SUCCESSOR},法定代表人,2027/01/01,2099/12/31
{MOTHER},{PREDECESSOR},董事,2012/05/06,2017/07/31
"""
NYC = """camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score
30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2
"""
_TAX = (
    "统一社会信用代码,名称,目录事项,文书号,作出机关,依据,决定日期,发生日期,清缴日期,"
    "税种,所属期,年度,金额(元),情形,指标信息完整程度\n"
)


def tax_matter(number: int, *, day: str = "2025/03/20", until: str = "", amount: str = "90900.00") -> str:
    """A row of arrears of the mother company."""
    return (
        f"{MOTHER},{NAME},欠税信息,岫税决〔2025〕{number}号,翠岫市税务局,"
        f"国家税务总局公告2014年第40号,{day},{day},{until},增值税,2025-01,,{amount},,\n"
    )


def tax_matters(*rows: str) -> str:
    """A file of tax matters."""
    return _TAX + "".join(rows)


@dataclass(frozen=True)
class Portal:
    """The pages over an installation."""

    installation: Installation
    client: Client

    def get(self, path: str, **headers: str) -> HttpResponse:
        """A page."""
        return cast("HttpResponse", self.client.get(path, headers=headers))

    def read(self, path: str) -> str:
        """The text of a page that is there."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    def main(self, path: str) -> str:
        """What stands in the page's main part, without its tags."""
        found = re.search(r"<main.*</main>", self.read(path), re.DOTALL)
        assert found is not None
        return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())

    def file(self, identifier: str, lang: str = "en") -> str:
        """The address of a subject's file."""
        subject = find_subject(identifier)
        assert subject is not None
        return f"/{lang}/file/{subject.public_id}"


@contextmanager
def portal_over(installation: Installation) -> Iterator[Portal]:
    """The pages over an installation, on the tests' day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOODSTANDING_SERVED_TODAY", TODAY.isoformat())
        yield Portal(installation, Client(SERVER_NAME="localhost"))


def settle(installation: Installation) -> None:
    """Take in the small province."""
    installation.deliver("registration.csv", REGISTRATION, "cn/registration")
    installation.deliver("ties.csv", TIES, "cn/ties")
    installation.deliver("roles.csv", ROLES, "cn/roles")
    matters = tax_matters(tax_matter(1), tax_matter(2, amount="600.50"))
    installation.deliver("tax.csv", matters, "cn/tax-matters")
    installation.deliver("nyc.csv", NYC, "us-nyc/graded-inspections")


@pytest.fixture(scope="module")
def province(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The small province for a module that only reads. It cannot be mixed with `portal` in one module."""
    with installed(server, template, tmp_path_factory.mktemp("province")) as one, portal_over(one) as portal:
        settle(one)
        yield portal


@pytest.fixture
def portal(installation: Installation) -> Iterator[Portal]:
    """The pages over an empty ledger of this test's own."""
    with portal_over(installation) as one:
        yield one


@pytest.fixture
def settled(portal: Portal) -> Portal:
    """The small province, for a test that goes on writing."""
    settle(portal.installation)
    return portal
