"""The URL tree: every pattern has its row in the list of routes, see cases/registry.py."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from cases.registry.routen import note_foreign_route
from config import csp, views

# Of the login library only these pages exist; nobody signs up or resets a password alone.
_konto: list[URLPattern | URLResolver] = [
    path("anmelden/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("registrieren/", account.signup, name="account_signup"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("kennwort/", account.password_change, name="account_change_password"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("zweiter-faktor/", include("allauth.mfa.urls")),
    path("sitzungen/", include("allauth.usersessions.urls")),
]
_OEFFENTLICH = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def _note(patterns: list[URLPattern | URLResolver]) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _note(list(pattern.url_patterns))
        elif pattern.name:
            note_foreign_route(pattern.name, oeffentlich=pattern.name in _OEFFENTLICH)


_note(_konto)
note_foreign_route("gesund", oeffentlich=True, schreibt=False)
note_foreign_route("gesund_betrieb", oeffentlich=True, schreibt=False)
note_foreign_route("csp_meldung", oeffentlich=True)

urlpatterns = [
    path("gesund/", views.health, name="gesund"),
    path("gesund/betrieb/", views.operation, name="gesund_betrieb"),
    path("csp-meldung/", csp.report, name="csp_meldung"),
    path("konto/", include(_konto)),
    path("", include("cases.urls")),
    path("", include("gesamtplan.urls")),
    path("", include("budget.urls")),
    path("", include("berichte.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
