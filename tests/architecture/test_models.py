# SPDX-License-Identifier: AGPL-3.0-or-later
"""What imports do not show: who owns tables, where foreign keys point, how numbers are kept."""

import configparser
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

ROOMS = ("halles.domain.", "halles.doors.", "halles.integrations.")
NOT_EXACT = ("DecimalField", "FloatField")


def floors() -> list[str]:
    """The nouns from top to bottom, as the import contract says."""
    contracts = configparser.ConfigParser()
    contracts.read(".importlinter")
    return [
        line.strip(" ()") for line in contracts["importlinter:contract:domain"]["layers"].split("\n") if line
    ]


def our_models() -> list[type[models.Model]]:
    """Every table of ours, those that only join two others included."""
    return [model for model in apps.get_models(include_auto_created=True) if room(model).startswith(ROOMS)]


def room(model: type[models.Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


def altitude(model: type[models.Model]) -> int:
    """How high it stands: integrations above the domain, each noun on its floor, others' tables below."""
    name = room(model)
    if name.startswith("halles.domain."):
        order = floors()
        return len(order) - order.index(name.removeprefix("halles.domain."))
    return 1000 if name.startswith(ROOMS) else 0


def foreign_keys() -> Iterator[tuple["models.Field[Any, Any]", type[models.Model]]]:
    for model in our_models():
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, (models.ForeignKey, models.ManyToManyField)):
                yield field, field.related_model


def test_no_door_owns_a_table() -> None:
    owned = [model._meta.label for model in our_models() if room(model).startswith("halles.doors.")]
    assert owned == []


def test_no_foreign_key_points_upwards() -> None:
    upwards = [str(field) for field, target in foreign_keys() if altitude(target) > altitude(field.model)]
    assert upwards == []


def test_numbers_are_whole_in_the_database() -> None:
    fields = [field for model in our_models() for field in model._meta.local_fields]
    assert [str(field) for field in fields if field.get_internal_type() in NOT_EXACT] == []


@pytest.mark.parametrize("config", apps.get_app_configs(), ids=lambda config: config.label)
def test_labels_are_for_ever(config: object) -> None:
    name, label = config.name, config.label  # type: ignore[attr-defined]
    for prefix, expected in (
        ("halles.domain.", "{}"),
        ("halles.doors.", "door_{}"),
        ("halles.integrations.", "via_{}"),
    ):
        if name.startswith(prefix):
            assert label == expected.format(name.removeprefix(prefix))
