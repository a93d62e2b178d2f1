"""Tables of the office, one idea a module. None is part of the ledger: rows here change and go."""

from goodstanding.office.models.account import Account
from goodstanding.office.models.alerting import Alert, Channel, Delivery, Heard, Sending
from goodstanding.office.models.attempt import Attempt
from goodstanding.office.models.change import Change
from goodstanding.office.models.draft import Draft
from goodstanding.office.models.upload import Upload

__all__ = [
    "Account",
    "Alert",
    "Attempt",
    "Change",
    "Channel",
    "Delivery",
    "Draft",
    "Heard",
    "Sending",
    "Upload",
]
