# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the live page shows: invented articles for every piece, so that one can look without a market."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from halles.doors.ui.drawings import TRADES
from halles.doors.ui.forms import ChoiceChips, CodeInput, ManyChips, PhotoInput, Stepper


class SampleForm(forms.Form):
    """Each kind of field, one of them wrong."""

    name = forms.CharField(label="Nom de la boutique", help_text="Comme sur votre enseigne.")
    postal_code = forms.CharField(
        label="Code postal", error_messages={"required": "Il manque le code postal."}
    )
    trade = forms.ChoiceField(
        label="Métier",
        choices=[("a", "Épicerie"), ("b", "Librairie"), ("c", "Boulangerie")],
        widget=ChoiceChips,
        initial="a",
    )
    allergens = forms.MultipleChoiceField(
        label="Allergènes",
        choices=[("lait", "Lait"), ("gluten", "Gluten"), ("noix", "Fruits à coque")],
        widget=ManyChips,
        required=False,
    )
    weight = forms.DecimalField(label="Poids", widget=Stepper(step=50, least=50, unit="g"), initial=250)
    photo = forms.ImageField(label="Photo", widget=PhotoInput, required=False)
    code = forms.CharField(label="Code reçu par courrier électronique", widget=CodeInput)
    note = forms.CharField(
        label="Un mot pour la boutique", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    yes = forms.BooleanField(label="J'ai lu les conditions de vente")


def live() -> dict[str, Any]:
    """The context of the live page, as `samples`."""
    now = timezone.localtime()
    days = [now.date() + dt.timedelta(days=after) for after in range(6)]
    typed = {"name": "Le Bocal", "trade": "a", "weight": "250", "code": "", "allergens": ["lait"]}
    return {
        "form": SampleForm(typed, auto_id="essai_%s"),
        "now": now,
        "today": days[0],
        "days": days,
        "closed": [days[2]],
        "price": Decimal("6.20"),
        "before": Decimal("24.80"),
        "weight": Decimal("0.25"),
        "products": _products(),
        "shops": _shops(),
        "lines": ["2 × pain de campagne", "250 g de comté", "1 × panier de saison"],
        "trades": TRADES,
        "steps": ["Vue par la boutique", "En préparation", "Prête", "Remise"],
        "rungs": _rungs(),
        "entries": [
            {"when": now, "who": "la boutique", "what": "Commande prête"},
            {"when": now - dt.timedelta(hours=2), "who": "vous", "what": "Commande passée"},
        ],
        "bars": [("lun.", 1), ("mar.", 3), ("mer.", 2), ("jeu.", 0), ("ven.", 4), ("sam.", 4)],
    }


def _products() -> list[dict[str, Any]]:
    return [
        {
            "name": "Comté 18 mois, à la coupe",
            "amount": Decimal("6.20"),
            "per": Decimal("24.80"),
            "trade": "fromagerie",
            "shop": "Le Bocal",
            "colour": "#8f2f1f",
            "kind": "now",
            "words": "Disponible",
            "when": "jusqu'à 19 h 30",
        },
        {
            "name": "Pain de campagne au levain",
            "amount": Decimal("4.10"),
            "trade": "boulangerie",
            "shop": "Au Pétrin",
            "colour": "#b5701a",
            "kind": "day",
            "words": "À réserver pour demain",
        },
        {
            "name": "Foulard de lin, teint à la garance",
            "amount": Decimal(39),
            "before": Decimal(48),
            "trade": "mode",
            "shop": "Fil & Cie",
            "colour": "#6a3557",
            "kind": "few",
            "words": "Il n'en reste que 2",
        },
    ]


def _shops() -> list[dict[str, Any]]:
    return [
        {
            "name": "Le Bocal",
            "trade": "epicerie",
            "colour": "#8f2f1f",
            "trade_name": "Épicerie",
            "where": "rue du Marché",
            "status": "Ouvert jusqu'à 19 h 30",
            "is_open": True,
        },
        {
            "name": "Page à page",
            "trade": "librairie",
            "colour": "#1e3f66",
            "trade_name": "Librairie",
            "where": "Grand'Rue",
            "status": "Ouvre demain à 10 h",
            "is_open": False,
        },
    ]


def _rungs() -> list[dict[str, str]]:
    return [
        {"name": "Annuaire", "words": "Votre carte et vos horaires.", "state": "done"},
        {"name": "Bons d'achat", "words": "Vous acceptez les bons du marché.", "state": "done"},
        {"name": "Catalogue", "words": "Vos articles se voient, sans commande.", "state": "here"},
        {
            "name": "Vente",
            "words": "Il faut votre SIRET et un médiateur.",
            "state": "next",
            "href": "#",
            "act": "Continuer",
        },
        {"name": "Caisse", "words": "Plus tard, si vous voulez.", "state": "later"},
    ]
