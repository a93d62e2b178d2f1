"""A small pack that is good, to be spoilt by one change at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack

Files = dict[str, Any]


def _title(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


GOOD: Files = {
    "pack.yaml": {
        "pack": "tiny",
        "title": _title("Tiny", "小包"),
        "currency": "CNY",
        "zone": "Asia/Shanghai",
        "schemes": ["usci"],
    },
    "authorities.yaml": {
        "authorities": [
            {
                "authority": "bureau",
                "title": _title("Bureau", "某局"),
                "level": "county",
                "zone": "Asia/Shanghai",
            }
        ]
    },
    "catalogue/all.yaml": {
        "items": [
            {
                "item": "tax.arrears",
                "title": _title("Tax arrears", "欠税信息"),
                "category": 9,
                "domain": "tax",
                "polarity": "negative",
                "access": "public",
                "absence": "none",
                "basis": [{"instrument": "A law", "article": "1"}],
                "retention": {"months": 60, "basis": {"instrument": "A law"}},
                "fields": [{"name": "period", "title": _title("Period", "所属期"), "type": "code"}],
            },
            {
                "item": "listing.tax-evaders",
                "title": _title("List of tax evaders", "偷税企业名单"),
                "category": 17,
                "domain": "tax",
                "polarity": "negative",
                "access": "public",
                "absence": "none",
                "listing": "own",
                "basis": [{"instrument": "A law"}],
                "retention": {"months": 60, "basis": {"instrument": "A law"}},
            },
        ]
    },
    "contracts/arrears.yaml": {
        "contract": "arrears",
        "title": _title("Arrears", "欠税公告"),
        "authority": "bureau",
        "target": "records",
        "delivery": "additions",
        "key": ["number"],
        "columns": [
            {"name": "number", "required": True},
            {"name": "code", "required": True, "scheme": "usci"},
            {"name": "name"},
            {"name": "period", "type": "code"},
            {"name": "decided", "type": "date"},
            {"name": "identity number", "ignored": "About a natural person."},
            {"name": "ethnicity", "ignored": "A protected trait."},
        ],
        "subject": {"scheme": "usci", "identifier": "code", "name": "name"},
        "record": {"item": "tax.arrears", "decided_on": "decided", "fields": {"period": "period"}},
        "instrument": {"number": "number", "dated": "decided"},
        "refuse": [{"id": "trade", "rule": "sole-trader", "column": "code", "pattern": "^92"}],
    },
}


class _Plain(yaml.SafeDumper):
    """Writes a value again where it stands twice: packs have no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write_pack(folder: Path, files: Files) -> Path:
    """Write the pack's files into a folder; a text is written as it is."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.dump(content, Dumper=_Plain, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def good() -> Files:
    """The files of a good pack, to be changed."""
    return copy.deepcopy(GOOD)


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Files], Pack]:
    """Writes the files and loads the pack."""

    def loaded(files: Files) -> Pack:
        return load_pack(write_pack(tmp_path / "tiny", files))

    return loaded
