# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Clés d'accès »: signing in with one, keeping one's own. The ceremony is the library's, the pages ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from halles.doors.accounts.forms import AddressForm, PasskeyAddForm, PasskeyLoginForm, PasskeyNameForm
from halles.doors.accounts.session import demo_doors, entrance, home, me, proved_recently, safe_onward, speak
from halles.doors.accounts.views.account import account_page
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

View = Callable[..., HttpResponse]


def proved(view: View) -> View:
    """Only for whoever has just shown who he is: a telephone left on the counter must not give a key away."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        return view(request, *args, **kwargs) if proved_recently(request) else redirect("accounts:account")

    return guarded


class SignIn(LoginWebAuthnView):  # type: ignore[misc]
    """GET: what the browser must sign, as JSON. POST: its answer."""

    form_class = PasskeyLoginForm

    def get_success_url(self) -> str | None:
        return None

    def get_authenticated_redirect_url(self) -> str:
        return home(me(self.request))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        asks_json = request.headers.get("Accept") == "application/json"
        response: HttpResponse = (
            super().get(request, *args, **kwargs) if asks_json else redirect("accounts:sign_in")
        )
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            return redirect(safe_onward(self.request) or home(me(self.request)))
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        words = say(Refused("accounts.passkey_wrong"))
        context = {"form": AddressForm(), "passkey_refused": words, "next": safe_onward(self.request)}
        return render(self.request, "accounts/sign_in.html", context | speak(self.request) | demo_doors())


class Add(AddWebAuthnView):  # type: ignore[misc]
    """A new passkey on this device."""

    form_class = PasskeyAddForm
    template_name = "accounts/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        # Not the library's own: it asks the device for a second factor, and we want a key that is enough.
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**kwargs)
        return context | {"creation_options": auth.begin_registration(self.request.user, passwordless=True)}

    def get_success_url(self) -> str:
        return reverse("accounts:account")


sign_in = entrance(SignIn.as_view())
add = entrance(proved(Add.as_view()))


@proved
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a passkey."""
    key = _own(request, pk)
    form = PasskeyNameForm(request.POST)
    if not form.is_valid():
        return account_page(request, wrong_key={"pk": pk, "words": form.errors["name"][0]})
    flows.rename_authenticator(request, key, form.cleaned_data["name"])
    return redirect("accounts:account")


@proved
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A passkey that signs in no more."""
    flows.remove_authenticator(request, _own(request, pk))
    return redirect("accounts:account")


def _own(request: HttpRequest, pk: int) -> Authenticator:
    return get_object_or_404(Authenticator, pk=pk, user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
