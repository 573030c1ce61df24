"""Accounts and teams, for the Berechtigungsverwaltung; no content of a case appears here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.models import User
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.states.rolle import Rolle
from cases.states.zugang import KONTOAENDERUNG, Kontovorgang, konflikt
from cases.views.formular import run_form
from cases.zugang.forms.konto import (
    ANGABEN,
    KontoaenderungForm,
    KontoangabenForm,
    KontoNeuForm,
    KontosucheForm,
    TeamForm,
)
from cases.zugang.guards.zugang import berechtigte, konto_einer_anderen_person
from cases.zugang.queries import konto as queries
from cases.zugang.services import konto as services
from cases.zugang.services import team as teamservices

if TYPE_CHECKING:
    from cases.models import Kontoaenderung
    from cases.registry.aufruf import CaseRequest

ZEILEN = 50
# Address, heading and button of each change that takes effect through one form.
VORGAENGE: dict[str, tuple[Kontovorgang, str, str]] = {
    "rolle-erteilen": (Kontovorgang.ROLLE_ERTEILEN, "Rolle erteilen", "Rolle"),
    "rolle-entziehen": (Kontovorgang.ROLLE_ENTZIEHEN, "Rolle entziehen", "Rolle"),
    "team": (Kontovorgang.TEAM, "Team zuordnen", "Team"),
    "team-verlassen": (Kontovorgang.TEAM_VERLASSEN, "Aus dem Team nehmen", ""),
    "leitung-erteilen": (Kontovorgang.LEITUNG_ERTEILEN, "Leitung eines Teams übertragen", "Team"),
    "leitung-entziehen": (Kontovorgang.LEITUNG_ENTZIEHEN, "Leitung eines Teams entziehen", "Team"),
    "sperren": (Kontovorgang.SPERREN, "Konto sperren", ""),
    "entsperren": (Kontovorgang.ENTSPERREN, "Konto entsperren", ""),
    "startpasswort": (Kontovorgang.PASSWORT, "Startpasswort setzen", ""),
    "zweiter-faktor": (Kontovorgang.ZWEITER_FAKTOR, "Zweiten Faktor zurücksetzen", ""),
}
_RUHE = (
    "Das Konto kann danach 24 Stunden lang nichts bestätigen oder freigeben; die Person erfährt "
    "sofort davon."
)
_EINLEITUNG = {
    Kontovorgang.ROLLE_ERTEILEN: (
        "Die Rolle gilt, sobald eine zweite Person der Berechtigungsverwaltung sie bestätigt hat."
    ),
    Kontovorgang.ROLLE_ENTZIEHEN: "Die Rolle endet sofort, auch in offenen Sitzungen.",
    Kontovorgang.TEAM: (
        "Die Person sieht die Fälle des Teams, sobald eine zweite Person bestätigt hat."
    ),
    Kontovorgang.TEAM_VERLASSEN: "Die Person sieht die Fälle des Teams ab sofort nicht mehr.",
    Kontovorgang.LEITUNG_ERTEILEN: (
        "Die Person sieht alle Fälle des Teams, auch geschützte, sobald eine zweite Person "
        "bestätigt hat."
    ),
    Kontovorgang.LEITUNG_ENTZIEHEN: "Die Person sieht die Fälle des Teams ab sofort nicht mehr.",
    Kontovorgang.SPERREN: (
        "Alle Sitzungen enden sofort. Fälle, Schreiben und Verlauf bleiben erhalten."
    ),
    Kontovorgang.ENTSPERREN: (
        "Das Konto erhält seine Rollen zurück, sobald eine zweite Person bestätigt hat."
    ),
    Kontovorgang.ZWEITER_FAKTOR: (
        "Sobald eine zweite Person bestätigt hat, werden App, Passkeys und Ersatzcodes gelöscht, "
        "und alle Sitzungen enden. Die Person richtet bei der nächsten Anmeldung einen neuen "
        f"zweiten Faktor ein. {_RUHE}"
    ),
    Kontovorgang.PASSWORT: (
        "Das Startpasswort setzt die zweite Person, wenn sie bestätigt, und gibt es persönlich "
        f"weiter. Dann enden alle Sitzungen. {_RUHE}"
    ),
}
_WARTET = "Die Änderung wartet auf die Bestätigung durch eine zweite Person."


def konten(request: CaseRequest) -> HttpResponse:
    """List accounts; names that are searched travel by POST only."""
    form = KontosucheForm(request.POST if request.method == "POST" else None)
    gesucht = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.konten(
        text=gesucht.get("text", ""),
        rolle=gesucht.get("rolle", ""),
        zustand=gesucht.get("zustand", ""),
    )
    # A search is answered on one page: its words must not stand in the addresses of further ones.
    zeilen = 500 if form.is_bound else ZEILEN
    seite = Paginator(rows, zeilen).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/zugang/konto/liste.html",
        {
            "titel": "Konten",
            "form": form,
            "seite": seite,
            "gesucht": form.is_bound,
            "offen": _mit_farbe(queries.offene_aenderungen()),
            "einzige": berechtigte().count() < 2,
        },
    )


def _mit_farbe(rows: Any) -> list[tuple[Kontoaenderung, str]]:
    return [(row, KONTOAENDERUNG.farben[row.state]) for row in rows]


def konto(request: CaseRequest, konto: int) -> HttpResponse:
    """Show one account: who, rights, login, what waits, history."""
    row = _or_404(konto)
    rollen = sorted(row.rollen)
    eigenes = konto_einer_anderen_person(row, request.user)
    aenderungen = Paginator(queries.aenderungen_of(row), ZEILEN).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/zugang/konto/seite.html",
        {
            "titel": f"Konto {row.username}",
            "brotkrumen": [("Konten", reverse("konten")), (row.username, None)],
            "konto": row,
            "rollen": rollen,
            "geleitete": list(row.geleitete_teams.all()),
            "stand": queries.anmeldestand(row),
            "eigenes": eigenes,
            "schritte": [] if eigenes else _schritte(row, rollen),
            "seite": aenderungen,
            "verlauf": _mit_farbe(aenderungen),
            "jetzt": timezone.now(),
        },
    )


def _schritte(row: User, rollen: list[str]) -> list[tuple[str, str, bool]]:
    """Return (title, address, dangerous) of what can be done with this account."""
    moeglich = ["rolle-erteilen", "team", "leitung-erteilen", "startpasswort", "zweiter-faktor"]
    if rollen:
        moeglich.insert(1, "rolle-entziehen")
    if row.team_id:
        moeglich.insert(-3, "team-verlassen")
    if row.geleitete_teams.exists():
        moeglich.insert(-2, "leitung-entziehen")
    moeglich.append("sperren" if row.is_active else "entsperren")
    return [
        (VORGAENGE[v][1], reverse("konto_aendern", args=[row.pk, v]), v == "sperren")
        for v in moeglich
    ]


def konto_neu(request: CaseRequest) -> HttpResponse:
    """Create an account and ask for its first rights."""

    def act(form: KontoNeuForm) -> str:
        d, jetzt = form.cleaned_data, timezone.now()
        row = services.create_konto(
            username=d["username"],
            angaben=services.Kontoangaben(**form.angaben),
            by=request.user,
            zeitpunkt=jetzt,
        )
        wuensche: list[dict[str, Any]] = [
            {"art": Kontovorgang.ROLLE_ERTEILEN, "rolle": rolle} for rolle in d["rollen"]
        ]
        if d["team"]:
            wuensche.append({"art": Kontovorgang.TEAM, "team": d["team"]})
        for wunsch in wuensche:
            services.change_konto(
                konto=row, by=request.user, zeitpunkt=jetzt, begruendung=d["begruendung"], **wunsch
            )
        return reverse("konto", args=[row.pk])

    return run_form(
        request,
        KontoNeuForm,
        template="base_formular.html",
        context=_rahmen("Konto anlegen", reverse("konten")),
        act=act,
        done="Das Konto ist angelegt. Startpasswort, Rollen und Team warten auf eine zweite "
        "Person.",
        form_kwargs={"teams": queries.all_teams(), "gleichnamig": queries.same_name},
    )


def _rahmen(titel: str, zurueck: str, **extra: Any) -> dict[str, Any]:
    krumen = [("Konten", reverse("konten")), (titel, None)]
    return {"titel": titel, "zurueck": zurueck, "brotkrumen": krumen, **extra}


def konto_angaben(request: CaseRequest, konto: int) -> HttpResponse:
    """Change name, address and function of an account."""
    row = _or_404(konto)
    ziel = reverse("konto", args=[row.pk])

    def act(form: KontoangabenForm) -> str:
        services.update_konto(
            konto=row,
            angaben=services.Kontoangaben(**form.angaben),
            by=request.user,
            zeitpunkt=timezone.now(),
            gesehen=form.stand_jetzt,
        )
        return ziel

    return run_form(
        request,
        KontoangabenForm,
        template="base_formular.html",
        context=_rahmen(f"Angaben zu {row.username}", ziel),
        act=act,
        done="Die Angaben sind gespeichert. Eine neue E-Mail-Adresse wartet auf eine zweite "
        "Person.",
        gespeichert=werte_of(row, ANGABEN),
        zuletzt=partial(queries.last_angaben_editor, row),
    )


def konto_aendern(request: CaseRequest, konto: int, vorgang: str) -> HttpResponse:
    """Give or take a right, block or unblock, reset the second factor."""
    row = _or_404(konto)
    if vorgang not in VORGAENGE:
        raise Http404
    art, titel, label = VORGAENGE[vorgang]
    wahl, ziel = _wahl(row, art), reverse("konto", args=[row.pk])
    if wahl == []:
        messages.info(request, "Dafür gibt es bei diesem Konto nichts auszuwählen.")
        return redirect(ziel)
    done: list[str] = []

    def act(form: KontoaenderungForm) -> str:
        auswahl = form.cleaned_data.get("auswahl", "")
        aenderung = services.change_konto(
            konto=row,
            art=art,
            rolle=auswahl if label == "Rolle" else "",
            team=queries.all_teams().get(pk=auswahl) if label == "Team" else None,
            begruendung=form.cleaned_data["begruendung"],
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        done.append(_WARTET if aenderung.state == "offen" else f"{titel}: erledigt.")
        return ziel

    antwort = run_form(
        request,
        KontoaenderungForm,
        template="cases/zugang/konto/aendern.html",
        context=_rahmen(
            titel, ziel, konto=row, einleitung=_EINLEITUNG[art], gesperrt=_gesperrt(row, art)
        ),
        act=act,
        form_kwargs={"wahl": wahl, "label": label, "absenden": titel},
    )
    for satz in done:
        messages.success(request, satz)
    return antwort


def _wahl(row: User, art: Kontovorgang) -> list[tuple[str, str]] | None:
    """Return what can be chosen for this change; None when nothing is to be chosen."""
    teams = [(str(t.pk), t.name) for t in queries.all_teams()]
    geleitet = {str(pk) for pk in row.geleitete_teams.values_list("pk", flat=True)}
    wahl: dict[Kontovorgang, list[tuple[str, str]]] = {
        Kontovorgang.ROLLE_ERTEILEN: [
            (r.value, r.label)
            for r in Rolle
            if r.value not in row.rollen and konflikt(row.rollen, r.value) is None
        ],
        Kontovorgang.ROLLE_ENTZIEHEN: [(r, r) for r in sorted(row.rollen)],
        Kontovorgang.TEAM: [t for t in teams if t[0] != str(row.team_id)],
        Kontovorgang.LEITUNG_ERTEILEN: [t for t in teams if t[0] not in geleitet],
        Kontovorgang.LEITUNG_ENTZIEHEN: [t for t in teams if t[0] in geleitet],
    }
    return wahl.get(art)


def _gesperrt(row: User, art: Kontovorgang) -> list[tuple[str, str]]:
    """Return the roles that cannot be given, each with the reason."""
    if art != Kontovorgang.ROLLE_ERTEILEN:
        return []
    found = []
    for rolle in Rolle:
        streit = konflikt(row.rollen, rolle.value)
        if streit is not None and rolle.value not in row.rollen:
            found.append((rolle.label, f"schließt sich mit {streit[0]} aus: {streit[1]}"))
    return found


def teams(request: CaseRequest) -> HttpResponse:
    """List the teams with members and supervisors."""
    return render(
        request, "cases/zugang/konto/teams.html", {"titel": "Teams", "teams": list(queries.teams())}
    )


def team_neu(request: CaseRequest) -> HttpResponse:
    """Create a team."""

    def act(form: TeamForm) -> str:
        teamservices.create_team(name=form.cleaned_data["name"], by=request.user)
        return reverse("teams")

    return run_form(
        request,
        TeamForm,
        template="base_formular.html",
        context={
            "titel": "Team anlegen",
            "zurueck": reverse("teams"),
            "brotkrumen": [("Teams", reverse("teams")), ("Team anlegen", None)],
        },
        act=act,
        done="Das Team ist angelegt.",
    )


def team(request: CaseRequest, team: int) -> HttpResponse:
    """Rename a team."""
    row = queries.all_teams().filter(pk=team).first()
    if row is None:
        raise Http404

    def act(form: TeamForm) -> str:
        teamservices.rename_team(
            team=row, name=form.cleaned_data["name"], by=request.user, gesehen=form.stand_jetzt
        )
        return reverse("teams")

    return run_form(
        request,
        TeamForm,
        template="base_formular.html",
        context={
            "titel": "Team umbenennen",
            "zurueck": reverse("teams"),
            "brotkrumen": [("Teams", reverse("teams")), (row.name, None)],
        },
        act=act,
        done="Das Team ist umbenannt.",
        gespeichert=werte_of(row, ("name",)),
        zuletzt=partial(last_editor, row),
    )


def _or_404(konto_id: int) -> User:
    row = queries.konto_of(konto_id)
    if row is None:
        raise Http404
    return row
