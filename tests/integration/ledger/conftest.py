"""A ledger with a few records, to be attacked."""

from __future__ import annotations

import pytest

from tests.integration.installation import Installation

NYC = "us-nyc/graded-inspections"
HEADER = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
ROWS = (
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2\n"
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2013-09-11,B,16\n"
    "30112340,FULTON GRILL LLC,Brooklyn,American,469,Fulton Street,11201,2014-09-06,A,5\n"
)


@pytest.fixture
def filled(installation: Installation) -> Installation:
    """A ledger with three records of two establishments."""
    report = installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    assert report.loaded == 3
    return installation
