# SPDX-License-Identifier: AGPL-3.0-or-later
"""People who sign in. There are no passwords: a code by mail, a passkey, or an operator's one-use link (ADR-0006)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from halles.kernel.models import Record


class AccountManager(BaseUserManager["Account"]):
    """Accounts are recognised by their address, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> "Account":
        """The account of an address, however it was capitalised."""
        return self.get(email__iexact=email)


class Account(Record, AbstractBaseUser):
    """Somebody who signs in."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_email_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Rights are asked of the shop (`shops.reads.can`), never of Django's permission tables."""
        return False
