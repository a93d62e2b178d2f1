"""Tables of measures, one idea a module. All are append-only but the log, which goes when its time is over."""

from goodstanding.measures.models.counter import Business, Forgetting, Question, Use
from goodstanding.measures.models.order import (
    Lifting,
    Order,
    Reminder,
    Repeal,
    Report,
    Subscription,
    Triggered,
)
from goodstanding.measures.models.rest import Pause, Resumption, Shield
from goodstanding.measures.models.version import Adoption, Body, MeasureVersion, MemorandumVersion

__all__ = [
    "Adoption",
    "Body",
    "Business",
    "Forgetting",
    "Lifting",
    "MeasureVersion",
    "MemorandumVersion",
    "Order",
    "Pause",
    "Question",
    "Reminder",
    "Repeal",
    "Report",
    "Resumption",
    "Shield",
    "Subscription",
    "Triggered",
    "Use",
]
