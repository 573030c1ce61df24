"""Absences: list, enter, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.states.rolle import Rolle
from cases.views.formular import run_form, run_step, still_there
from cases.zugang.forms.abwesenheit import AbwesenheitForm
from cases.zugang.guards.abwesenheit import abwesenheit_durch_zweite_person
from cases.zugang.queries.abwesenheit import (
    list_abwesenheiten,
    possible_absent,
    possible_deputies,
    vertretene_users,
)
from cases.zugang.services.abwesenheit import (
    confirm_abwesenheit,
    create_abwesenheit,
    end_abwesenheit,
)

if TYPE_CHECKING:
    from cases.models import Abwesenheit, User
    from cases.registry.aufruf import CaseRequest


def abwesenheiten(request: CaseRequest) -> HttpResponse:
    """Show running and coming absences that concern this user."""
    heute = timezone.localdate()
    user = request.user
    darf = {person.pk for person in possible_absent(user)}
    return render(
        request,
        "cases/zugang/abwesenheit/liste.html",
        {
            "titel": "Abwesenheiten",
            "heute": heute,
            "zeilen": [
                (row, row.von <= heute, row.user_id in darf, _may_confirm(row, user))
                for row in list_abwesenheiten(user, heute)
            ],
            "vertretene": list(vertretene_users(user, heute)),
        },
    )


def abwesenheit_neu(request: CaseRequest) -> HttpResponse:
    """Enter an absence of one's own or, as Leitung, of somebody in the team."""
    heute = timezone.localdate()

    def act(form: AbwesenheitForm) -> str:
        d = form.cleaned_data
        create_abwesenheit(
            user=d["user"],
            von=d["von"],
            bis=d["bis"],
            vertretung=d["vertretung"],
            grund=d["grund"] or "abwesend",
            geschuetzte=d.get("geschuetzte", False),
            by=request.user,
            zeitpunkt=timezone.now(),
        )
        return reverse("abwesenheiten")

    return run_form(
        request,
        AbwesenheitForm,
        template="base_formular.html",
        context={
            "titel": "Abwesenheit eintragen",
            "zurueck": reverse("abwesenheiten"),
            "brotkrumen": [
                ("Abwesenheiten", reverse("abwesenheiten")),
                ("Abwesenheit eintragen", None),
            ],
            "einleitung": "Die Vertretung sieht vom ersten bis zum letzten Tag die Fälle der "
            "abwesenden Person und ihre Fristen auf dem eigenen Tisch. Danach endet das.",
        },
        act=act,
        done="Die Abwesenheit ist eingetragen. Für andere gilt sie, sobald die Person oder eine "
        "andere Leitung sie bestätigt hat.",
        form_kwargs={
            "personen": possible_absent(request.user),
            "vertretungen": possible_deputies(request.user),
            "leitung": request.user.has_rolle(Rolle.LEITUNG),
        },
        initial={"user": request.user.pk, "von": heute},
    )


def _may_confirm(row: Abwesenheit, user: User) -> bool:
    return not row.wirksam and abwesenheit_durch_zweite_person(row, user) is None


def abwesenheit_bestaetigen(request: CaseRequest, abwesenheit: int) -> HttpResponse:
    """Confirm what a Leitung has entered for somebody."""
    row = list_abwesenheiten(request.user, timezone.localdate()).filter(pk=abwesenheit).first()
    if row is None:
        raise Http404
    back = reverse("abwesenheiten")

    def act() -> str:
        confirm_abwesenheit(abwesenheit=row, by=request.user, zeitpunkt=timezone.now())
        return back

    return run_step(request, act=act, back=back, done="Die Abwesenheit ist bestätigt.")


def abwesenheit_beenden(request: CaseRequest, abwesenheit: int) -> HttpResponse:
    """End an absence early, or lift one that has not begun."""
    heute = timezone.localdate()
    row = list_abwesenheiten(request.user, heute).filter(pk=abwesenheit).first()
    if row is None and request.method == "GET":
        raise Http404
    back = reverse("abwesenheiten")

    def act() -> str:
        end_abwesenheit(abwesenheit=still_there(row), by=request.user, tag=heute)
        return back

    return run_step(request, act=act, back=back, done="Die Abwesenheit ist beendet.")
