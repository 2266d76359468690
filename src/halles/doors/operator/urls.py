# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this door: for people and for ever."""

from django.urls import URLPattern, URLResolver, path

from halles.doors.operator import views

app_name = "operator"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.shops, name="shops"),
    path("boutiques/<uuid:pk>", views.shop, name="shop"),
    path("boutiques/<uuid:pk>/accepter", views.approve, name="approve"),
    path("boutiques/<uuid:pk>/masquer", views.suspend, name="suspend"),
    path("boutiques/<uuid:pk>/entrer/<uuid:account_id>", views.let_in, name="let_in"),
    path("questions", views.questions, name="questions"),
    path("questions/<uuid:pk>/clore", views.close_question, name="close_question"),
    path("questions/<uuid:pk>/laisser", views.leave_question, name="leave_question"),
    path("equipe", views.team, name="team"),
    path("journal", views.acts, name="acts"),
    path("reglages", views.market, name="market"),
]
