# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses that belong to no door in particular."""

from django.urls import path

from halles.doors.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.live, name="live"),
    path("ui/communes/<str:postal_code>", views.communes, name="communes"),
    path("media/<path:path>", views.media, name="media"),
]
