# SPDX-License-Identifier: AGPL-3.0-or-later
"""The floor's addresses."""

from django.urls import path  # noqa: TID251

from benchmarks.floor import views

urlpatterns = [path("page/<str:gtin>", views.page), path("ok", views.ok)]
