# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses for watchers."""

from django.urls import path

from halles.doors.clock import views

app_name = "clock"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
