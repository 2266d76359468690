# SPDX-License-Identifier: AGPL-3.0-or-later
"""What only the merchant can say of a file of articles: which one, its prices, what each column holds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halles.domain.catalogue import rules
from halles.domain.imports.columns import Shown
from halles.domain.imports.drafts import Choices, Meaning
from halles.domain.shops.models import Shop
from halles.doors.ui import formats
from halles.doors.ui.forms import ChoiceChips
from halles.doors.ui.imports import MEANINGS, meaning

TAXES = {"said": None, "with": False, "without": True}
# Each column of these adds something; of any other meaning one would overrule another.
SEVERAL = {Meaning.IGNORED, Meaning.PICTURES, Meaning.GTIN, Meaning.CATEGORY, Meaning.DESCRIPTION}
# By one of these an article is known again.
KNOWN_BY = {Meaning.NAME, Meaning.REFERENCE, Meaning.GTIN, Meaning.KEY}


def _rates() -> list[tuple[str, Any]]:
    rates = [(f"{rate.normalize():f}", f"{formats.number(rate)} %") for rate in rules.VAT_RATES]
    return [("", _("Le taux habituel de chaque article")), *rates]


class ChoicesForm(forms.Form):
    """How a file is to be understood where it does not say."""

    online = forms.ChoiceField(
        label=_("Les nouveaux articles"),
        choices=[("draft", _("Garder en brouillon")), ("online", _("Mettre en ligne"))],
        widget=ChoiceChips,
        help_text=_("Sauf si le fichier dit lui-même ce qui est en ligne."),
    )
    tax = forms.ChoiceField(
        label=_("Les prix du fichier"),
        choices=[("said", _("Le fichier le dit")), ("with", _("TTC")), ("without", _("HT"))],
        widget=ChoiceChips,
    )
    vat_rate = forms.ChoiceField(label=_("TVA, quand elle n'est pas dite"), choices=_rates, required=False)

    def __init__(self, *args: Any, shop: Shop, choices: Choices | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs["initial"] = _said(choices or Choices())
        super().__init__(*args, **kwargs)
        if not rules.bears_vat(shop):
            del self.fields["tax"], self.fields["vat_rate"]

    @property
    def said(self) -> Choices:
        """What was chosen, without columns."""
        rate = self.cleaned_data.get("vat_rate")
        return Choices(
            without_tax=TAXES[self.cleaned_data.get("tax", "said")],
            vat_rate=Decimal(rate) if rate else None,
            online=self.cleaned_data["online"] == "online",
        )


def _said(choices: Choices) -> dict[str, str]:
    return {
        "online": "online" if choices.online else "draft",
        "tax": next(word for word, told in TAXES.items() if told is choices.without_tax),
        "vat_rate": "" if choices.vat_rate is None else f"{choices.vat_rate.normalize():f}",
    }


class HandOverForm(ChoicesForm):
    """A file of articles."""

    field_order = ["file"]
    file = forms.FileField(
        label=_("Votre fichier"),
        help_text=_(
            "CSV, Excel, LibreOffice, l'export d'une autre boutique en ligne, ou un ZIP avec des photos."
        ),
        error_messages={
            "required": _("Choisissez un fichier d'abord."),
            "missing": _("Choisissez un fichier d'abord."),
            "empty": _("Ce fichier est vide. Enregistrez-le encore une fois, puis choisissez-le de nouveau."),
        },
    )


class ColumnsForm(forms.Form):
    """One question a column: what does it hold?"""

    def __init__(self, *args: Any, columns: Sequence[Shown], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for column in columns:
            self.fields[_name(column.place)] = forms.ChoiceField(
                label=column.name or _("Colonne %(number)s") % {"number": column.place + 1},
                help_text=" · ".join(column.examples),
                choices=list(MEANINGS.items()),
                initial=str(column.meaning),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """No two columns say the same, and articles can be told apart."""
        said = dict(self.cleaned_data)
        counts = Counter(said.values())
        for name, what in said.items():
            if counts[what] > 1 and what not in SEVERAL:
                self.add_error(
                    name,
                    _("Deux colonnes disent « %(meaning)s ». Gardez-en une.") % {"meaning": meaning(what)},
                )
        if not KNOWN_BY & set(counts):
            raise ValidationError(_("Dites au moins quelle colonne porte le nom de l'article."))
        return said

    @property
    def said(self) -> Mapping[int, Meaning]:
        """What each column holds, by place."""
        return {int(name[1:]): Meaning(what) for name, what in self.cleaned_data.items()}


def _name(place: int) -> str:
    return f"c{place}"
