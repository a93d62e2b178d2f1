"""Tables of the ledger, one idea a module."""

from goodstanding.ledger.models.delivery import Delivery, Part
from goodstanding.ledger.models.dictionary import Item, PackVersion, Source
from goodstanding.ledger.models.event import Event, Position
from goodstanding.ledger.models.node import Node
from goodstanding.ledger.models.record import Content, Demand, Ending, Erasure, Purge, Record
from goodstanding.ledger.models.role import Role, RoleHolder
from goodstanding.ledger.models.subject import (
    Merge,
    Said,
    Subject,
    SubjectIdentifier,
    SubjectName,
    SubjectOpening,
    Tie,
)

__all__ = [
    "Content",
    "Delivery",
    "Demand",
    "Ending",
    "Erasure",
    "Event",
    "Item",
    "Merge",
    "Node",
    "PackVersion",
    "Part",
    "Position",
    "Purge",
    "Record",
    "Role",
    "RoleHolder",
    "Said",
    "Source",
    "Subject",
    "SubjectIdentifier",
    "SubjectName",
    "SubjectOpening",
    "Tie",
]
