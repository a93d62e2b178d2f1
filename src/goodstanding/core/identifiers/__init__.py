"""Identifiers of organisations: their schemes, what is wrong with a value, and what a value refuses."""

from goodstanding.core.identifiers.legacy import organisation_code_of, refused_registration
from goodstanding.core.identifiers.registry import SCHEMES, scheme
from goodstanding.core.identifiers.scheme import Scheme, describe, own_scheme
from goodstanding.core.identifiers.sql import fault_sql, normalise_sql, refused_as_subject_sql
from goodstanding.core.identifiers.usci import Usci, refused_as_subject

__all__ = [
    "SCHEMES",
    "Scheme",
    "Usci",
    "describe",
    "fault_sql",
    "normalise_sql",
    "organisation_code_of",
    "own_scheme",
    "refused_as_subject",
    "refused_as_subject_sql",
    "refused_registration",
    "scheme",
]
