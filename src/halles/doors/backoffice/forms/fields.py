# SPDX-License-Identifier: AGPL-3.0-or-later
"""Inputs for what people write in many ways: "12,50 €", "1.5 kg", "500 g", "S, M, L"."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused
from halles.kernel.numbers import LARGEST
from halles.kernel.units import COMPARABLE

SPACES = re.compile(r"[\s\u00a0\u202f]+")
NUMBER = re.compile(r"\d{1,9}([.,]\d{1,9})?")
CONTENT = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)(kg|g|ml|cl|l)")


def parse_number(typed: str) -> Decimal:
    """ "1 234,50" as a number; a French comma or a point.

    :raises ValueError: when it is none.
    """
    text = SPACES.sub("", typed)
    if not text.isascii() or not NUMBER.fullmatch(text):
        raise ValueError(typed)
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(typed) from error


def plain(text: str) -> str:
    """One line of what was typed outside a form, without what no database keeps."""
    return " ".join(text.replace("\x00", "").split())


def as_typed(number: Decimal, pattern: str = "0.###") -> str:
    """12.5 as one would type it, "12,5": without the spaces that help reading and hinder correcting."""
    return str(format_decimal(number, pattern, locale=formats.locale(), group_separator=False))


class NumberTyped(forms.CharField):
    """A number as it is typed on a phone, where a number input would refuse the comma."""

    places = 3
    default_error_messages = {
        "number": _("Écrivez un nombre, par exemple 12 ou 1,5."),
        "fine": _("Ce nombre est trop précis."),
        "large": _("Ce nombre est trop grand."),
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": 8}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=24, **kwargs)

    def clean(self, value: object) -> Decimal | None:
        """The number, or nothing for nothing."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_number(self.tidy(text))
        except ValueError as error:
            raise ValidationError(self.error_messages["number"], code="number") from error
        if number > LARGEST:
            raise ValidationError(self.error_messages["large"], code="large")
        if number != round(number, self.places):
            raise ValidationError(self.error_messages["fine"], code="fine")
        return number

    @classmethod
    def number(cls, typed: str) -> Decimal:
        """The number in a text that must be one, outside a form.

        :raises ValidationError: when it is none.
        """
        found = cls(required=True).clean(typed)
        assert found is not None  # it was required
        return found

    def tidy(self, text: str) -> str:
        """What may stand beside the number, taken away."""
        return text

    def prepare_value(self, value: object) -> object:
        """A number as one would type it: 12,5."""
        return as_typed(value) if isinstance(value, Decimal) else value


class MoneyInput(NumberTyped):
    """An amount in euros: "12,50", "12.50" or "12,50 €"."""

    places = 2
    default_error_messages = {
        "number": _("Écrivez un prix en euros, par exemple 4,20."),
        "fine": _("Un prix s'arrête aux centimes, par exemple 4,20."),
        "large": _("Ce prix est trop grand. Vérifiez la virgule."),
        "required": _("Il manque le prix."),
    }

    @classmethod
    def number(cls, typed: str) -> Decimal:
        """The number in a text that must be one, outside a form.

        :raises ValidationError: when it is none.
        """
        found = cls(required=True).clean(typed)
        assert found is not None  # it was required
        return found

    def tidy(self, text: str) -> str:
        """Without the currency."""
        return re.sub(r"(?i)€|euros?|eur", "", text, count=1)

    def prepare_value(self, value: object) -> object:
        """Two figures after the comma, unless there are none: 12,50 but 12."""
        if not isinstance(value, Decimal):
            return value
        return as_typed(value) if value == round(value) else as_typed(value, "0.00")


class QuantityInput(NumberTyped):
    """How many, or how much: "12", "1,5"."""


class WeightInput(NumberTyped):
    """What the scale says, in grams as merchants read it: "412", "412 g" or "1,2 kg"; cleaned to kilograms."""

    default_error_messages = {
        "number": _("Écrivez le poids en grammes, par exemple 412."),
        "fine": _("Écrivez le poids en grammes entiers, par exemple 412."),
        "large": _("Ce poids est trop grand."),
    }

    def clean(self, value: object) -> Decimal | None:
        """Kilograms, or nothing for nothing."""
        text = SPACES.sub("", str(value or "")).lower()
        is_kilos = text.endswith("kg")
        number = super().clean(text.removesuffix("kg") if is_kilos else text.removesuffix("g"))
        if number is None:
            return None
        weight = number if is_kilos else number / 1000
        if weight != round(weight, 3):
            raise ValidationError(self.error_messages["fine"], code="fine")
        return weight

    def prepare_value(self, value: object) -> object:
        """Kilograms as grams."""
        return as_typed(value * 1000) if isinstance(value, Decimal) else value


class ContentInput(forms.CharField):
    """What a piece holds: "500 g", "75 cl"; cleaned to (500, "g"), or (None, "")."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(max_length=16, **kwargs)

    def clean(self, value: object) -> tuple[Decimal | None, str]:
        """Number and unit."""
        text = SPACES.sub("", super().clean(value)).lower()
        if not text:
            return None, ""
        found = CONTENT.fullmatch(text) if text.isascii() else None
        if found is None or not Decimal(found[1].replace(",", ".")):
            units = ", ".join(COMPARABLE)
            raise ValidationError(
                _("Écrivez un nombre et une unité (%(units)s), par exemple 500 g."), params={"units": units}
            )
        return Decimal(found[1].replace(",", ".")), found[2]

    def prepare_value(self, value: object) -> object:
        """As one would type it."""
        if isinstance(value, tuple):
            number, unit = value
            return f"{as_typed(number)} {unit}" if number else ""
        return value


class ListInput(forms.CharField):
    """A few words separated by commas: "S, M, L"; cleaned to a list without doubles."""

    def __init__(self, *, most: int = 20, **kwargs: Any) -> None:  # noqa: ANN401
        self.most = most
        super().__init__(max_length=400, **kwargs)

    def clean(self, value: object) -> list[str]:
        """Each once, in the order typed."""
        words = [" ".join(word.split()) for word in re.split(r"[,;\n]", super().clean(value))]
        words = list(dict.fromkeys(word for word in words if word))
        if any(len(word) > 40 for word in words):
            raise ValidationError(_("Quarante lettres au plus pour chacune, séparées par des virgules."))
        if len(words) > self.most:
            raise ValidationError(_("%(most)s au plus."), params={"most": self.most})
        return words

    def prepare_value(self, value: object) -> object:
        """With commas."""
        return ", ".join(value) if isinstance(value, list) else value


class ManyFiles(forms.FileField):
    """Several photographs in one field; cleaned to a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401
        """Every file that came, whatever is in it: the domain looks inside."""
        return [file for file in data if file] if isinstance(data, list | tuple) else [data] if data else []


def refuse(form: forms.Form, refused: Refused) -> None:
    """Say what the domain refused where it was typed, or above the form when it concerns no single field."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, say(refused))
