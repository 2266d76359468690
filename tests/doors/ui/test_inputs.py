# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain inputs are what Django itself would write."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from halles.doors.ui.forms import HallesFormRenderer

INPUTS: list[Any] = [forms.TextInput, forms.EmailInput, forms.NumberInput, forms.HiddenInput, forms.URLInput]
ATTRIBUTES = {"id": "id_x", "required": True, "disabled": False, "maxlength": 3, "title": '"<l\'été & co>"'}


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_is_what_django_writes(kind: Any) -> None:
    def written(renderer: Any) -> list[str]:
        values = [None, "", 5, True, "l'été", '"><script>', "{} %s {{ x }}", SafeString("&amp;")]
        return [kind(ATTRIBUTES).render("nom", value, renderer=renderer).strip() for value in values]

    assert written(HallesFormRenderer()) == written(DjangoTemplates())
