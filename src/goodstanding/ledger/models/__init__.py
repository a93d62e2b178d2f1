"""Tables of the ledger, one idea a module."""

from goodstanding.ledger.models.delivery import Delivery, Part
from goodstanding.ledger.models.dictionary import Item, PackVersion, Source
from goodstanding.ledger.models.event import Event, Position
from goodstanding.ledger.models.node import Node
from goodstanding.ledger.models.record import Content, Ending, Erasure, Purge, Record
from goodstanding.ledger.models.role import Role, RoleHolder
from goodstanding.ledger.models.subject import Merge, Subject, SubjectIdentifier, SubjectName, Tie

__all__ = [
    "Content",
    "Delivery",
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
    "Source",
    "Subject",
    "SubjectIdentifier",
    "SubjectName",
    "Tie",
]
