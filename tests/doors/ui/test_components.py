# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each piece says what it means to those who cannot see it, escapes what it is given, obeys the policy."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from halles.domain.shops.models import Trade
from halles.doors.ui import drawings
from halles.doors.ui.forms import ChoiceChips, CodeInput, PhotosInput, Stepper
from halles.doors.ui.samples import SampleForm, live

HOSTILE = '"><script>alert(1)</script>'


class Photograph:
    """A picture as the catalogue keeps it."""

    colour = "#c0ffee"
    width, height = 1200, 900
    alt = "Comté, entamé"

    def __init__(self, *widths: int) -> None:
        self.widths = list(widths)

    def address(self, width: int, extension: str) -> str:
        return f"/media/p/{width}.{extension}"


@pytest.fixture(autouse=True)
def _in_french() -> Any:
    with translation.override("fr"):
        yield


def render(source: str, **context: Any) -> str:
    return Template("{% load i18n ui %}" + source).render(Context(context))


def test_the_live_page_shows_everything_within_the_policy() -> None:
    page = render_to_string("ui/live.html", {"samples": live()})
    assert "Le langage de Halles" in page
    assert re.findall(r"<[^>]+\sstyle=", page) == []
    assert re.findall(r"<[^>]+\son\w+=", page) == []
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []


@pytest.mark.parametrize("page", ["ui/market.html", "ui/gestion.html", "ui/plain.html"])
def test_base_pages_stand_without_any_context(page: str) -> None:
    html = render_to_string(page)
    assert html.startswith("<!doctype html>")
    assert '<html lang="fr">' in html
    assert 'href="#contenu"' in html


def test_a_price_says_what_it_was_and_what_a_kilo_costs() -> None:
    html = render("{% price a before=b per=p per_unit='kg' %}", a=Decimal(39), b=Decimal(48), p=Decimal(10))
    assert "<b>39,00\u202f€</b>" in html
    assert '<s><span class="unseen">Avant : </span>48,00\u202f€</s>' in html
    assert "10,00\u202f€ le kg" in html


def test_a_card_given_less_than_it_may_show_shows_less() -> None:
    card = {"name": "Comté", "amount": Decimal("6.20"), "per": Decimal("24.80")}
    html = render(
        "{% product_card '/x' c.name c.amount before=c.before unit=c.unit per=c.per per_unit=c.per_unit %}",
        c=card,
    )
    assert "24,80\u202f€ le kg" in html
    assert "<s>" not in html
    assert "availability" not in html


def test_a_price_that_did_not_fall_shows_no_former_one() -> None:
    assert "<s>" not in render("{% price a before=b %}", a=Decimal(39), b=Decimal(39))


def test_a_picture_is_offered_in_every_format_and_size_made() -> None:
    html = render("{% picture p 'card' %}", p=Photograph(1600, 320, 640))
    assert 'type="image/avif" srcset="/media/p/320.avif 320w, /media/p/640.avif 640w"' in html
    assert 'type="image/webp"' in html
    assert 'src="/media/p/640.jpg" alt="Comté, entamé" width="1200" height="900" loading="lazy"' in html
    assert 'fill="#c0ffee"' in html


def test_a_picture_above_the_fold_is_fetched_first() -> None:
    html = render("{% picture p 'page' eager=True alt='' %}", p=Photograph(640))
    assert 'fetchpriority="high"' in html
    assert 'alt=""' in html
    assert "lazy" not in html


def test_a_picture_without_sizes_yet_keeps_its_place() -> None:
    html = render("{% picture p %}", p=Photograph())
    assert "<img" not in html
    assert "Comté, entamé" in html


def test_a_picture_whose_smallest_size_is_too_large_is_still_shown() -> None:
    assert "/media/p/1600.jpg" in render("{% picture p 'thumb' %}", p=Photograph(1600))


def test_a_gallery_can_be_reached_and_leads_with_its_first_picture() -> None:
    html = render("{% gallery all %}", all=[Photograph(640), Photograph(320)])
    assert 'tabindex="0" role="group" aria-label="Photos"' in html
    assert html.count('fetchpriority="high"') == 1
    assert html.index('fetchpriority="high"') < html.index('loading="lazy"')


def test_an_article_without_picture_has_its_trade_s_drawing() -> None:
    assert 'class="no-picture"><svg class="drawing"' in render("{% gallery none 'librairie' %}", none=[])


def test_what_merchants_type_is_escaped() -> None:
    html = render(
        "{% product_card '/x' n a shop=n colour=n kind='now' words=n when=n %}"
        "{% shop_card '/x' n n n status=n %}"
        "{% shop_header n n n tagline=n %}{% code n 'https://x' n %}{% banner 'now' %}{{ n }}{% endbanner %}"
        "{% fold n n %}{{ n }}{% endfold %}{% sheet 'x' n %}{{ n }}{% endsheet %}"
        "{% toast n undo='/x' %}{% stepper n 1 n %}",
        n=HOSTILE,
        a=Decimal(1),
    )
    assert "<script" not in html


@pytest.mark.parametrize("trade", Trade.values)
def test_every_trade_has_its_drawing(trade: str) -> None:
    assert trade in drawings.TRADES


def test_an_unknown_trade_is_a_shop_all_the_same() -> None:
    assert drawings.trade("horlogerie") == drawings.trade("autre")


def test_icons_are_silent_unless_they_speak() -> None:
    assert 'aria-hidden="true"' in render("{% icon 'store' %}")
    assert 'aria-label="Fermer"' in render("{% icon 'x' label='Fermer' %}")


def test_a_code_stands_beside_its_qr() -> None:
    html = render("{% code 'A7-3K9' 'https://exemple.fr/c' %}")
    assert ">A7-3K9<" in html
    assert 'role="img" aria-label="Code QR"' in html


def test_steps_tell_where_one_stands() -> None:
    html = render("{% steps names 2 %}", names=["Vue", "Prête", "Remise"])
    assert re.findall(r'aria-current="step">\s*<span>(\w+)', html) == ["Prête"]


def test_a_chart_of_nothing_is_no_error() -> None:
    assert "0 vente" in render("{% chart '0 vente' 'hier' bars %}", bars=[("lun.", 0)])


class Order(forms.Form):
    """A form with each special input."""

    code = forms.CharField(widget=CodeInput, label="Code", help_text="Six chiffres.")
    weight = forms.DecimalField(widget=Stepper(step=50, least=50, unit="g"))
    way = forms.ChoiceField(choices=[("a", "Retrait"), ("b", "Livraison")], widget=ChoiceChips)


def test_a_wrong_field_says_so_and_keeps_what_was_typed() -> None:
    html = Order({"code": "12 34 56", "weight": "mille", "way": "a"})["weight"].as_field_group()
    assert 'value="mille"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_weight_error"' in html
    assert 'id="id_weight_error"' in html


def test_help_is_tied_to_its_field() -> None:
    html = Order()["code"].as_field_group()
    assert 'aria-describedby="id_code_helptext"' in html
    assert 'id="id_code_helptext"' in html
    assert 'autocomplete="one-time-code"' in html


def test_a_pasted_code_loses_its_spaces() -> None:
    assert CodeInput().value_from_datadict({"code": " 12 34\u00a056 "}, MultiValueDict(), "code") == "123456"


def test_a_stepper_without_script_is_a_number_input() -> None:
    html = Order()["weight"].as_field_group()
    assert 'type="number"' in html
    assert 'step="50" min="50"' in html
    assert html.count("data-step=") == html.count(" hidden ") == 2


def test_chips_are_a_named_group() -> None:
    html = Order()["way"].as_field_group()
    assert "<fieldset" in html
    assert re.search(r"<legend>\s*Way", html)
    assert html.count('type="radio"') == 2


def test_photographs_may_be_several() -> None:
    html = PhotosInput().render("photos", None)
    assert "multiple" in html
    assert 'accept="image/*"' in html


def test_the_sample_form_shows_errors() -> None:
    assert not SampleForm(live()["form"].data).is_valid()
