# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes accounts."""

from django.db import transaction

from halles.domain.journal import actions as journal
from halles.domain.people.models import Account
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.contact import clean_email


@transaction.atomic
def open_account(email: str, *, name: str = "", language: str = "fr", by: Actor = SYSTEM) -> Account:
    """The account of an address, made when there is none yet."""
    address = clean_email(email)
    account = Account.objects.filter(email__iexact=address).first()
    if account is None:
        account = Account(email=address, name=name, language=language)
        account.set_unusable_password()
        account.save()
        journal.record("people.account_opened", account, by=by)
    return account
