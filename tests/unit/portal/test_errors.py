"""What a page says when something went wrong, even where no database answers."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from goodstanding.portal.views import errors


@pytest.mark.parametrize(
    ("path", "wish", "said"),
    [
        ("/en/packs/", "zh", "Please try again in a few minutes."),
        ("/zh/packs/", "en", "请几分钟后重试"),
        ("/other", "zh-CN", "请几分钟后重试"),
    ],
)
def test_a_failure_says_what_to_do_in_the_readers_language(path: str, wish: str, said: str) -> None:
    response = errors.failed(RequestFactory().get(path, headers={"Accept-Language": wish}))
    assert response.status_code == 500 and said in response.content.decode()


def test_an_address_that_does_not_exist_leads_to_the_search() -> None:
    response = errors.not_found(RequestFactory().get("/en/xyz"), Exception("the value must not be shown"))
    text = response.content.decode()
    assert response.status_code == 404 and "/en/search" in text and "must not be shown" not in text
