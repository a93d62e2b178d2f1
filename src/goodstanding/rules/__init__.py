"""Rulebooks: the model, the language, the checks, and the engines that give one meaning.

Imports no Django: a researcher can evaluate a rulebook over a Parquet file with this room alone.
"""

from .checks import Finding, Named, check_rulebook
from .extract import Extract
from .language import load_rulebook, parse_rulebook
from .lines import Assessment, Line, Status, closed_to, raised, shut_off
from .model import Rulebook, digest, identity
from .records import Catalogue, Record, Subject
from .running import ExampleResult, run_examples

__all__ = [
    "Assessment",
    "Catalogue",
    "ExampleResult",
    "Extract",
    "Finding",
    "Line",
    "Named",
    "Record",
    "Rulebook",
    "Status",
    "Subject",
    "check_rulebook",
    "closed_to",
    "digest",
    "identity",
    "load_rulebook",
    "parse_rulebook",
    "raised",
    "run_examples",
    "shut_off",
]
