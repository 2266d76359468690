# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outbox: kept with the act it tells about, delivered at least once, never lost."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django_tasks_db.models import DBTaskResult

from halles.kernel import outbox

heard: list[dict[str, object]] = []


def hear(**payload: object) -> None:
    heard.append(payload)


def fall_over(**payload: object) -> None:
    raise ValueError("the provider is away")


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only what a test registers."""
    monkeypatch.setattr(outbox, "_reactions", {})
    monkeypatch.setattr(outbox, "_patient", set())
    heard.clear()
    return


def deliver_all() -> None:
    for row in DBTaskResult.objects.ready():
        row.task.call(**row.args_kwargs["kwargs"])


@pytest.mark.django_db
def test_each_reaction_gets_the_payload() -> None:
    outbox.on("tests.happened", hear)
    outbox.on("tests.happened", hear, name="again")
    with transaction.atomic():
        outbox.publish("tests.happened", number=7, names=["a"])
    deliver_all()
    assert heard == [{"number": 7, "names": ["a"]}] * 2


@pytest.mark.django_db
def test_long_work_that_nobody_waits_for_is_delivered_last() -> None:
    outbox.on("tests.happened", hear, name="long", patient=True)
    outbox.on("tests.happened", hear, name="letter")
    with transaction.atomic():
        outbox.publish("tests.happened")
        outbox.publish("tests.happened")
    order = [row.args_kwargs["kwargs"]["reaction"] for row in DBTaskResult.objects.ready()]
    assert order == ["letter", "letter", "long", "long"]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_tells_nothing() -> None:
    outbox.on("tests.happened", hear)
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.publish("tests.happened")
        raise RuntimeError("undone")
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        outbox.publish("tests.happened")


@pytest.mark.django_db
def test_an_unknown_reaction_fails_and_is_not_lost() -> None:
    with pytest.raises(outbox.UnknownReaction, match=r"tests\.gone"):
        outbox.deliver.call(event="tests.happened", reaction="tests.gone", payload={})


@pytest.mark.django_db
def test_what_is_not_json_is_refused_where_it_is_published() -> None:
    outbox.on("tests.happened", hear)
    with pytest.raises(TypeError), transaction.atomic():
        outbox.publish("tests.happened", thing=object())


def test_two_reactions_under_one_name_are_refused() -> None:
    outbox.on("tests.happened", hear, name="same")
    outbox.on("tests.happened", hear, name="same")
    with pytest.raises(ValueError, match="same"):
        outbox.on("tests.happened", fall_over, name="same")
