"""The schema that editors use knows every shipped rulebook, and catches what an editor should catch."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from tests.spec.rules.conftest import FILES

SCHEMA = Path(__file__).resolve().parents[3] / "schemas" / "rulebook-v1.json"


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, as editors read it: dates are texts, and `on` is no truth value."""


AsEditorsRead.yaml_implicit_resolvers = {
    key: [
        (tag, pattern)
        for tag, pattern in pairs
        if tag != "tag:yaml.org,2002:timestamp" and not (tag == "tag:yaml.org,2002:bool" and key in "oOyYnN")
    ]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def content(file: Path) -> Any:
    """A rulebook as plain data."""
    return yaml.load(file.read_text(encoding="utf-8"), AsEditorsRead)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """The schema, itself checked."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_every_shipped_rulebook_fits_the_schema(file: Path, validator: Draft202012Validator) -> None:
    validator.validate(content(file))


@pytest.mark.parametrize("key", ["title", "basis", "in_force", "grades", "rulebook"])
def test_a_rulebook_without_a_needed_key_does_not(key: str, validator: Draft202012Validator) -> None:
    mangled = copy.deepcopy(content(FILES[0]))
    del mangled[key]
    with pytest.raises(ValidationError):
        validator.validate(mangled)


def test_a_key_that_nobody_knows_does_not(validator: Draft202012Validator) -> None:
    with pytest.raises(ValidationError):
        validator.validate({**content(FILES[0]), "gradez": {}})


def keys_of(node: Any) -> set[str]:
    """Every key that the schema knows, however deep."""
    if isinstance(node, list):
        return {key for one in node for key in keys_of(one)}
    if not isinstance(node, dict):
        return set()
    own = set(node["properties"]) if isinstance(node.get("properties"), dict) else set()
    return own | {key for one in node.values() for key in keys_of(one)}


def test_the_page_for_authors_names_every_key() -> None:
    page = (SCHEMA.parents[1] / "docs" / "how-to" / "write-a-rulebook.md").read_text(encoding="utf-8")
    known = keys_of(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert {one for one in known if not re.search(rf"\b{one}\b", page)} == set()
