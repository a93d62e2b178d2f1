"""Tables of cases, one idea a module. All are append-only: the state of a case is what its steps make of it."""

from goodstanding.procedures.models.case import Case, Ground
from goodstanding.procedures.models.deadline import Deadline
from goodstanding.procedures.models.forgotten import Forgotten
from goodstanding.procedures.models.message import Message
from goodstanding.procedures.models.office import Appointment, Mandate, Withdrawal
from goodstanding.procedures.models.promise import Promise, PromiseFound
from goodstanding.procedures.models.reach import Keeper, Reach, ToldDay
from goodstanding.procedures.models.silence import Silence
from goodstanding.procedures.models.step import Step
from goodstanding.procedures.models.succession import Confirmation, Succession, Successor
from goodstanding.procedures.models.term import CalendarVersion, TermVersion
from goodstanding.procedures.models.version import ProcedureVersion

__all__ = [
    "Appointment",
    "CalendarVersion",
    "Case",
    "Confirmation",
    "Deadline",
    "Forgotten",
    "Ground",
    "Keeper",
    "Mandate",
    "Message",
    "ProcedureVersion",
    "Promise",
    "PromiseFound",
    "Reach",
    "Silence",
    "Step",
    "Succession",
    "Successor",
    "TermVersion",
    "ToldDay",
    "Withdrawal",
]
