# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this door: for people and for ever. English ones stand under `/en/`."""

from django.urls import path

from halles.doors.storefront.views import (
    agenda,
    appointment,
    basket,
    checkout,
    front,
    legal,
    order,
    question,
    reach,
    sharing,
    shop,
    slot,
)

app_name = "storefront"
urlpatterns = [
    path("", front.front, name="front"),
    path("annuaire", front.directory, name="directory"),
    path("chez-moi", reach.reach, name="reach"),
    path("recherche", front.search, name="search"),
    path("rayons/<slug:category>", front.category, name="category"),
    path("boutiques/", front.shops_moved, name="shops"),
    path("boutiques", front.shops_moved),
    path("boutiques/<slug:shop>", shop.shop, name="shop"),
    path("boutiques/<slug:shop>/conditions", shop.conditions, name="conditions"),
    path("boutiques/<slug:shop>/question", question.ask, name="ask"),
    path("boutiques/<slug:shop>/<slug:product>", shop.product, name="product"),
    path("partage.jpg", sharing.market, name="shared_market"),
    path("boutiques/<slug:shop>/partage.jpg", sharing.shop, name="shared_shop"),
    path("boutiques/<slug:shop>/<slug:product>/partage.jpg", sharing.product, name="shared_product"),
    path("panier", basket.basket, name="basket"),
    path("panier/commander", checkout.checkout, name="checkout"),
    path("commande/<slug:secret>", order.order, name="order"),
    path("commande/<slug:secret>/confirmer/<str:token>", order.confirm, name="confirm"),
    path("commande/<slug:secret>/accepter", order.agree, name="agree"),
    path("commande/<slug:secret>/sans", order.decline, name="decline"),
    path("commande/<slug:secret>/modifier", order.change, name="change"),
    path("commande/<slug:secret>/creneau", slot.slot, name="slot"),
    path("agenda/<slug:feed>.ics", agenda.agenda, name="agenda"),
    path("commande/<slug:secret>/rendez-vous", appointment.move, name="appointment"),
    path("commande/<slug:secret>/rendez-vous.ics", appointment.calendar, name="appointment_ics"),
    path("commande/<slug:secret>/annuler", order.cancel, name="cancel"),
    path("question/<slug:question>", question.question, name="question"),
    path("question/<slug:question>/clore", question.close, name="question_close"),
    path("question/<slug:question>/signaler", question.report, name="question_report"),
    path("commande/<slug:secret>/refaire", order.again, name="again"),
    path("mentions-legales", legal.legal, name="legal"),
    path("confidentialite", legal.privacy, name="privacy"),
    path("robots.txt", legal.robots, name="robots"),
    path("sitemap.xml", legal.sitemap, name="sitemap"),
]
