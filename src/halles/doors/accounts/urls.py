# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of this door: for people and for ever. None of the library's own pages is mapped."""

from django.urls import URLPattern, URLResolver, path

from halles.doors.accounts.views import account, demo, entrance, passkeys

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path("ouvrir", entrance.open_shop, name="open"),
    path("connexion", entrance.sign_in, name="sign_in"),
    path("premier", entrance.first, name="first"),
    path("code", entrance.code, name="code"),
    path("code/encore", entrance.code_again, name="code_again"),
    path("entrer", entrance.one_use, name="one_use"),
    path("entrer/<str:code>", entrance.one_use, name="one_use"),
    path("sortir", account.sign_out, name="sign_out"),
    path("sortir-partout", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("prouver", account.prove, name="prove"),
    path("cles/connexion", passkeys.sign_in, name="passkey_sign_in"),
    path("cles/ajouter", passkeys.add, name="passkey_add"),
    path("cles/<int:pk>/nom", passkeys.rename, name="passkey_rename"),
    path("cles/<int:pk>/retirer", passkeys.remove, name="passkey_remove"),
    path("demo/courrier", demo.mailbox, name="demo_mail"),
    path("demo/<uuid:account_id>", demo.sign_in, name="demo_sign_in"),
]
