"""Who signs in: officials and representatives, made by the operator alone."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def make(self, username: str, *, email: str, shown_as: str, password: str) -> Account:
        """An account whose password was given by the operator, and is to be changed at once."""
        account = self.model(username=username, email=self.normalize_email(email), shown_as=shown_as)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One who signs in. What it may do, appointments and mandates say, which name it by `key` alone.

    `shown_as` is the name that the parties to a case see of an official. `password_is_initial` until the holder has
    chosen a password: nothing else can be done before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    email = models.EmailField(unique=True)
    shown_as = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    password_is_initial = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)

    capacities: object = None
    """What the account may act as, where it was read with the account (`office/capacities.py`)."""

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        constraints = (
            models.CheckConstraint(name="office_account_has_a_name", condition=~models.Q(username="")),
        )

    @property
    def key(self) -> str:
        """What appointments and mandates name: it never changes, and says nothing of the person."""
        return str(self.pk)

    @property
    def is_staff(self) -> bool:
        """There is no administration by web."""
        return False
