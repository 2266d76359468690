# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes accounts, and the one-use codes by which the market's team lets somebody in."""

import datetime as dt
import hashlib
import uuid

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from halles.domain.journal import actions as journal
from halles.domain.people import reads
from halles.domain.people.models import Account
from halles.kernel.actor import SYSTEM, Actor
from halles.kernel.contact import clean_email
from halles.kernel.errors import Refused
from halles.kernel.identifiers import clean_spoken_code, spoken_code

ONE_USE = "people.one_use"
ONE_USE_MINUTES = 15
ONE_USE_LETTERS = 10  # 25^10 possibilities: nobody guesses one within its quarter of an hour


@transaction.atomic
def open_account(email: str, *, name: str = "", language: str = "fr", by: Actor = SYSTEM) -> Account:
    """The account of an address, made when there is none yet."""
    address = clean_email(email)
    facts = {"name": name, "language": language, "password": make_password(None)}
    account, made = Account.objects.get_or_create(email=address, defaults=facts)
    if made:
        journal.record("people.account_opened", account, by=by)
    return account


@transaction.atomic
def describe(account: Account, *, name: str, language: str, by: Actor) -> None:
    """How somebody is called, and the language he reads."""
    account.name, account.language = " ".join(name.split())[:80], language
    account.save(update_fields=["name", "language"])
    journal.record("people.account_described", account, by=by)


@transaction.atomic
def end_sessions(account: Account, *, by: Actor) -> None:
    """Sign the account out everywhere: sessions carry a digest of this unusable password, and it changes."""
    account.set_unusable_password()
    account.save(update_fields=["password"])
    journal.record("people.sessions_ended", account, by=by)


@transaction.atomic
def one_use_code(account: Account, *, by: Actor, shop_id: uuid.UUID | None = None) -> str:
    """A code that signs this account in once, within a quarter of an hour. Only its digest is kept."""
    code = spoken_code(ONE_USE_LETTERS)
    until = timezone.now() + dt.timedelta(minutes=ONE_USE_MINUTES)
    kept = {"account": str(account.pk), "until": until.isoformat(), "shop": shop_id and str(shop_id)}
    journal.claim(ONE_USE, _digest(code), str(account.pk), kept)
    journal.record("people.one_use_given", account, by=by, shop_id=shop_id, to=reads.actor(account).label)
    return code


@transaction.atomic
def use_code(typed: str) -> Account:
    """The account that a one-use code lets in, which is thereby used up.

    :raises Refused: `people.one_use_gone` when it was used, is too old, or never was.
    """
    kept = journal.claimed(ONE_USE, _digest(clean_spoken_code(typed[:40])))
    if kept is None or not kept.result or dt.datetime.fromisoformat(kept.result["until"]) < timezone.now():
        raise Refused("people.one_use_gone", field="code")
    account = Account.objects.get(pk=kept.result["account"])
    shop_id, kept.result = kept.result["shop"], {}
    kept.save(update_fields=["result"])
    journal.record("people.one_use_used", account, by=reads.actor(account), shop_id=shop_id)
    return account


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
