# SPDX-License-Identifier: AGPL-3.0-or-later
"""How forms look: one template for a field, and the few inputs that HTML does not have.

A form needs nothing but Django's own classes; `FORM_RENDERER` names `HallesFormRenderer`. In a template:
`{{ form }}` for all of it, `{{ form.name.as_field_group }}` for one field.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from halles.doors.ui import inputs


class HallesFormRenderer(DjangoTemplates):
    """Label above, help below, the error in words under the input, what was typed kept."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"  # `inputs.field` writes it

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """What every form has many of is written in Python, not by a template."""
        if template_name == self.field_template_name:
            return inputs.field(context["field"])
        if written := inputs.INPUTS.get(template_name):
            return written(context["widget"])
        return super().render(template_name, context, request)


class Stepper(forms.NumberInput):
    """− 1 +: a number one may press or type; without JavaScript a plain number input.

    `unit` is shown beside the number ("g"); `step`, `least` and `most` become its limits.
    """

    template_name = "ui/widgets/stepper.html"

    def __init__(
        self, *, step: int | str = 1, least: int | str = 0, most: int | str | None = None, unit: str = ""
    ) -> None:
        limits = {"step": step, "min": least, "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(attrs=limits if most is None else limits | {"max": most})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class ChoiceChips(forms.RadioSelect):
    """One of a few, shown as chips to press."""

    template_name = "ui/widgets/chips.html"


class ManyChips(forms.CheckboxSelectMultiple):
    """Any of a few, shown as chips to press."""

    template_name = "ui/widgets/chips.html"


class CodeInput(forms.TextInput):
    """A code one has received: one field, big, offered by the phone, pasted with or without spaces."""

    def __init__(self, *, length: int = 6, digits: bool = True) -> None:
        one_time = (
            {"inputmode": "numeric", "autocomplete": "one-time-code"} if digits else {"autocomplete": "off"}
        )
        super().__init__(
            attrs={
                "class": "code-input",
                "size": length + 1,
                "maxlength": length * 3,  # room for what is pasted with spaces
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
            | one_time
        )

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ANN401
        value = super().value_from_datadict(data, files, name)
        return "".join(value.split()).upper() if isinstance(value, str) else value


class PostalCodeInput(forms.TextInput):
    """Five digits, under which the communes they may mean are offered; the chosen one goes into the form's field `city`."""

    template_name = "ui/widgets/postal_code.html"

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "numeric", "autocomplete": "postal-code", "size": 8})


class PhotoInput(forms.FileInput):
    """The camera first: a large target that then shows the photograph taken."""

    template_name = "ui/widgets/photo.html"

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*"})


class PhotosInput(PhotoInput):
    """Several photographs at once."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__()
        self.attrs["multiple"] = True
