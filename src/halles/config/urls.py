# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the house. They are for people and for ever: a former one goes on working."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "halles.doors.ui.views.bad_request"
handler403 = "halles.doors.ui.views.not_found"
handler404 = "halles.doors.ui.views.not_found"
handler500 = "halles.doors.ui.views.server_error"

urlpatterns = [
    path("", include("halles.doors.clock.urls")),
    path("", include("halles.doors.ui.urls")),
    path("compte/", include("halles.doors.accounts.urls")),
    path("gestion/", include("halles.doors.backoffice.urls")),
    path("operateur/", include("halles.doors.operator.urls")),
    # What neighbours see: French at the root, English under /en/.
    *i18n_patterns(path("", include("halles.doors.storefront.urls")), prefix_default_language=False),
]
