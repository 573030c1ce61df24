"""Intake: the person is searched first, then an application or an Anfrage is taken in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases.antrag.forms.antrag import (
    AnfrageForm,
    AntragForm,
    NeueAnfrageForm,
    NeuerFallForm,
    PersonSucheForm,
)
from cases.antrag.queries.antrag import possible_caseworkers
from cases.antrag.services.anfrage import open_anfrage
from cases.antrag.services.antrag import open_case
from cases.antrag.services.erstangaben import record_erstangaben
from cases.forms.felder import GeburtsdatumField, genauigkeit_of
from cases.person.queries.aehnlich import Aehnlich
from cases.person.services.aehnlich import check_person
from cases.person.services.person import create_person
from cases.services.entwurf import new_vorgang, take_entwurf
from cases.views.formular import run_form
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.models import Case, LeistungsberechtigtePerson
    from cases.registry.aufruf import CaseRequest

_NAMEN = ("nachname", "vorname", "geburtsdatum")
_ANGABEN = (
    "eingang",
    "weg",
    "begehren",
    "persoenliches_budget",
    "antragsteller",
    "vertreten_durch",
    "fremdsprache",
    "uebersetzung_am",
)
_ANTRAG_DA = "Der Fall ist angelegt. Die ersten Fristen laufen."
_ANFRAGE_DA = "Die Anfrage ist angelegt. Es läuft keine Frist, bis ein Antrag eingeht."


def antragsangaben(data: dict[str, Any]) -> dict[str, Any]:
    """Return what `record_antrag` wants to know from a valid form."""
    return {name: data[name] for name in _ANGABEN}


def antrag_neu(request: CaseRequest) -> HttpResponse:
    """Search the person first; the names travel by POST and never stand in a URL."""
    heute = timezone.localdate()
    form = PersonSucheForm(request.POST or None, stichtag=heute)
    treffer: list[Aehnlich] | None = None
    if request.method == "POST" and form.is_valid():
        treffer = check_person(
            user=request.user, stichtag=heute, **{n: form.cleaned_data[n] for n in _NAMEN}
        )
    context = {
        "titel": "Neuer Antrag oder Anfrage",
        "form": form,
        "treffer": treffer,
        "angaben": {name: request.POST.get(name, "") for name in _NAMEN},
        "brotkrumen": [("Mein Tag", reverse("start")), ("Neuer Antrag", None)],
    }
    if treffer == []:
        # Nobody to compare with: the form of a new person is next.
        return antrag_aufnehmen(request)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "cases/antrag/suche.html", context, status=status)


def antrag_aehnlich(request: CaseRequest) -> HttpResponse:
    """Answer with the warning about similar persons while somebody types (a piece of a page)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    treffer = _similar(request)
    return render(
        request,
        "cases/antrag/aehnlich.html",
        {"treffer": treffer, "pruefsumme": _mark(treffer)},
    )


def antrag_aufnehmen(request: CaseRequest) -> HttpResponse:
    """Take in a new person with an application."""
    return _intake(request, AntragForm, "Neuer Antrag", _ANTRAG_DA, initial_tag="eingang")


def anfrage_aufnehmen(request: CaseRequest) -> HttpResponse:
    """Take in a new person who only asks."""
    return _intake(request, AnfrageForm, "Neue Anfrage", _ANFRAGE_DA, initial_tag="am")


def _intake(
    request: CaseRequest,
    form_class: type[AntragForm] | type[AnfrageForm],
    titel: str,
    done: str,
    initial_tag: str,
) -> HttpResponse:
    heute = timezone.localdate()
    ziel = reverse("antrag_aufnehmen" if initial_tag == "eingang" else "anfrage_aufnehmen")
    draft = take_entwurf(user=request.user, pfad=ziel)
    if request.method != "POST" and draft is None:
        return redirect("antrag_neu")
    treffer = _similar(request) if request.method == "POST" else []
    kwargs: dict[str, Any] = {
        "caseworker": possible_caseworkers(request.user),
        "stichtag": heute,
        "aehnliche": _mark(treffer),
    }
    context: dict[str, Any] = {
        "titel": titel,
        "zurueck": reverse("antrag_neu"),
        "treffer": treffer,
        "pruefsumme": _mark(treffer),
        "brotkrumen": [
            ("Mein Tag", reverse("start")),
            ("Person suchen", reverse("antrag_neu")),
            (titel, None),
        ],
    }
    initial = {initial_tag: heute, "caseworker": request.user.pk}
    if "aus_suche" in request.POST or request.path == reverse("antrag_neu"):
        initial |= {name: request.POST.get(name, "") for name in _NAMEN}
        form = form_class(initial=initial, **kwargs)
        form.fields["vorgang"].initial = new_vorgang(request.user.pk)
        context |= {"form": form, "entwurf_pfad": ziel, "formular_adresse": ziel, "neu": initial}
        return render(request, "cases/antrag/neu.html", context)

    return run_form(
        request,
        form_class,
        template="cases/antrag/neu.html",
        context=context,
        act=lambda form: _take_in(request, form, initial_tag, heute),
        done=done,
        form_kwargs=kwargs,
        initial=initial,
    )


def _take_in(
    request: CaseRequest, form: AntragForm | AnfrageForm, initial_tag: str, heute: date
) -> str:
    """Create person and case; after an application its Zuständigkeit is next."""
    data = form.cleaned_data
    person = _create_person(data, data[initial_tag], heute)
    case = _open(request, person, data, heute)
    if not isinstance(form, AntragForm):
        return reverse("fall", args=[case.pk])
    record_erstangaben(
        case=case, werte=form.erstangaben(), ab=data["eingang"], by=request.user, tag=heute
    )
    return reverse("zustaendigkeit", args=[case.pk])


def fall_neuer_antrag(request: CaseRequest, fall: int) -> HttpResponse:
    """Open a case of its own for a person who is known already."""
    return _known_person(request, NeuerFallForm, "Neuer Fall für diese Person", _ANTRAG_DA)


def fall_neue_anfrage(request: CaseRequest, fall: int) -> HttpResponse:
    """Open an Anfrage for a person who is known already."""
    return _known_person(request, NeueAnfrageForm, "Neue Anfrage dieser Person", _ANFRAGE_DA)


def _known_person(
    request: CaseRequest,
    form_class: type[NeuerFallForm] | type[NeueAnfrageForm],
    titel: str,
    done: str,
) -> HttpResponse:
    heute = timezone.localdate()

    def act(form: NeuerFallForm | NeueAnfrageForm) -> str:
        person = request.case.leistungsberechtigte_person
        return reverse("fall", args=[_open(request, person, form.cleaned_data, heute).pk])

    return run_form(
        request,
        form_class,
        template="base_formular.html",
        context=case_context(
            request,
            titel,
            zurueck=reverse("fall", args=[request.case.pk]),
            einleitung="Es entsteht ein weiterer Fall mit eigenem Aktenzeichen. Geht es um "
            "dasselbe Verfahren, nehmen Sie den Antrag besser im bestehenden Fall auf.",
        ),
        act=act,
        done=done,
        form_kwargs={"caseworker": possible_caseworkers(request.user), "stichtag": heute},
        initial={"eingang": heute, "am": heute, "caseworker": request.user.pk},
    )


def _open(
    request: CaseRequest, person: LeistungsberechtigtePerson, data: dict[str, Any], heute: date
) -> Case:
    zustaendig = {
        "leistungsberechtigte_person": person,
        "team": data["caseworker"].team,
        "caseworker": data["caseworker"],
        "by": request.user,
        "tag": heute,
    }
    if "inhalt" in data:
        return open_anfrage(am=data["am"], inhalt=data["inhalt"], **zustaendig)
    return open_case(**zustaendig, **antragsangaben(data))[0]


def _create_person(d: dict[str, Any], tag: date, heute: date) -> LeistungsberechtigtePerson:
    return create_person(
        anrede=d["anrede"],
        vorname=d["vorname"],
        nachname=d["nachname"],
        geburtsdatum=d["geburtsdatum"],
        zusatz=d["zusatz"],
        strasse=d["strasse"],
        plz=d["plz"],
        ort=d["ort"],
        land=d["land"],
        anschriftart=d["anschriftart"],
        titel=d["titel"],
        geburtsname=d["geburtsname"],
        geburt_genau=d["geburt_genau"],
        telefon=d["telefon"],
        email=d["email"],
        email_zugang_seit=tag if d["email_zugang"] else None,
        tag=min(tag, heute),
    )


def _similar(request: CaseRequest) -> list[Aehnlich]:
    try:
        born = GeburtsdatumField(required=False).clean(request.POST.get("geburtsdatum", ""))
    except ValidationError:
        born = None
    vorname = request.POST.get("vorname", "").strip()
    geburtsname = request.POST.get("geburtsname", "").strip()
    return check_person(
        user=request.user,
        vorname=vorname,
        nachname=request.POST.get("nachname", "").strip(),
        geburtsdatum=born,
        stichtag=timezone.localdate(),
        genau=genauigkeit_of(request.POST.get("geburtsdatum")),
        frueher=(geburtsname,) if geburtsname else (),
    )


def _mark(treffer: list[Aehnlich]) -> str:
    """Return a mark of the persons shown: a confirmation counts for these and no others."""
    if not treffer:
        return ""
    shown = ",".join(str(hit.person_id or "fremd") for hit in treffer)
    return salted_hmac("fallwerk.aehnlich", shown).hexdigest()
