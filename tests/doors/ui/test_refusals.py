# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every refusal of the domain has its sentence, and every sentence can be said."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import halles
from halles.domain.orders.rules import State
from halles.doors.ui.refusals import SENTENCES, say
from halles.kernel.errors import Refused

CODE = re.compile(r'Refused\(\s*"([a-z_.]+)"')
CONSTANT = re.compile(r'^[A-Z_]+ = "(imports\.[a-z_]+)"', re.MULTILINE)  # of a row's problem
DETAIL = re.compile(r"%\((\w+)\)s")


def sources() -> Iterator[str]:
    root = Path(halles.__file__).parent
    for layer in ("domain", "kernel", "integrations"):
        for file in (root / layer).rglob("*.py"):
            yield file.read_text()


def raised() -> set[str]:
    return {code for text in sources() for pattern in (CODE, CONSTANT) for code in pattern.findall(text)}


def of_imports() -> Iterator[tuple[str, set[str] | None]]:
    """What is refused or warned of in imports, with the details that stand beside the code; None when they do not."""
    for text in sources():
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            codes = [text for text in texts if str(text).startswith("imports.")]
            if codes and called.lower() in {"refused", "warned", "warn", "_warn"}:
                yield codes[0], details(node)


def details(node: ast.Call) -> set[str] | None:
    place = next(i for i, a in enumerate(node.args) if isinstance(a, ast.Constant))
    keys: list[ast.expr | None] = []
    for argument in node.args[place + 1 :]:
        if not isinstance(argument, ast.Dict):
            return None
        keys += argument.keys
    return {str(keyword.arg) for keyword in node.keywords} | {str(getattr(key, "value", "")) for key in keys}


def test_every_code_of_the_domain_has_a_sentence() -> None:
    assert raised() - SENTENCES.keys() == set()


def test_what_is_said_of_an_import_has_its_sentence_and_its_details() -> None:
    said = list(of_imports())
    assert len(said) > 80
    assert {code for code, _ in said} - SENTENCES.keys() == set()
    missing = {
        code: left
        for code, given in said
        if given is not None and (left := set(DETAIL.findall(str(SENTENCES[code]))) - given)
    }
    assert missing == {}


def test_details_are_said_in_words() -> None:
    assert say(Refused("shops.hours_overlap", weekday=0)).startswith("Lundi")
    assert "le SIRET et l’adresse" in say(
        Refused("shops.not_lawful_yet", missing=["siret", "address"])
    ).replace("'", "’")
    assert "la commande est prête" in say(Refused("orders.not_now", state=State.READY, step="cancelled"))
    assert "50\xa0g" in say(Refused("orders.quantity_wrong", unit="kg"))
    assert "999\xa0kg au plus" in say(Refused("orders.quantity_too_large", unit="kg", most=Decimal(999)))
    assert "« palette »" in say(Refused("imports.unit_unknown", unit="palette"))
    assert "cet import est terminé" in say(Refused("imports.not_now", state="done"))
