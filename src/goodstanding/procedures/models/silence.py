"""What the law says follows if an authority does not act in time, for each version of a procedure that states it."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.version import ProcedureVersion


class Silence(models.Model):
    """At which act of a version, after which term, what follows. Written by the owner of the database alone.

    `starts` is the act from which the term counts; `amount` and `unit` are of the term, so that a deadline which
    somebody made shorter is none; `law` is a list of [instrument, article].
    """

    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="silences")
    act = models.CharField(max_length=16)
    follows = models.CharField(max_length=16)
    starts = models.CharField(max_length=16)
    amount = models.SmallIntegerField()
    unit = models.CharField(max_length=16)
    law = models.JSONField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["procedure", "act"], name="procedures_silence_once"),
            models.CheckConstraint(
                name="procedures_silence_in_favour",
                condition=models.Q(follows="granted", act="decide")
                | models.Q(follows="lapsed", act__in=["review", "notify", "decide", "confirm"]),
            ),
            models.CheckConstraint(name="procedures_silence_has_its_law", condition=~models.Q(law=[])),
        )
