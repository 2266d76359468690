# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every refusal of the domain has its sentence, and every sentence can be said."""

import re
from decimal import Decimal
from pathlib import Path

import halles
from halles.domain.orders.rules import State
from halles.doors.ui.refusals import SENTENCES, say
from halles.kernel.errors import Refused

CODE = re.compile(r'Refused\(\s*"([a-z_.]+)"')


def raised() -> set[str]:
    root = Path(halles.__file__).parent
    return {
        code
        for layer in ("domain", "kernel")
        for file in (root / layer).rglob("*.py")
        for code in CODE.findall(file.read_text())
    }


def test_every_code_of_the_domain_has_a_sentence() -> None:
    assert raised() - SENTENCES.keys() == set()


def test_details_are_said_in_words() -> None:
    assert say(Refused("shops.hours_overlap", weekday=0)).startswith("Lundi")
    assert "le SIRET et l’adresse" in say(
        Refused("shops.not_lawful_yet", missing=["siret", "address"])
    ).replace("'", "’")
    assert "la commande est prête" in say(Refused("orders.not_now", state=State.READY, step="cancelled"))
    assert "50\xa0g" in say(Refused("orders.quantity_wrong", unit="kg"))
    assert "999\xa0kg au plus" in say(Refused("orders.quantity_too_large", unit="kg", most=Decimal(999)))
