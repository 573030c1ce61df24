"""Enter, correct, end and remove a dated fact of the person: one page for all kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.forms.begruendung import BegruendungForm
from cases.models import (
    Anschrift,
    Auskunftssperre,
    Bankverbindung,
    Bezugsperson,
    Hilfebedarfseinstufung,
    Krankenversicherung,
    Personenangabe,
    Pflegeeinstufung,
    Schwerbehinderung,
    Vertretungsverhaeltnis,
    Wohnsituation,
)
from cases.person.forms import personenangabe as formulare
from cases.person.forms import vertretung as vertretungsformulare
from cases.person.forms.personenangabe import AngabeForm
from cases.person.queries.personenangabe import angaben_of_person, werte_of_angabe
from cases.person.services.personenangabe import (
    add_angabe,
    change_angabe,
    remove_angabe,
)
from cases.queries.stand import last_editor
from cases.views.formular import run_form
from cases.views.geloescht import Geloescht
from cases.views.rahmen import case_context

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


@dataclass(frozen=True)
class Angabeart:
    """A kind of dated fact: word of its URL and name of its rows, words, form."""

    name: str
    modell: type[Personenangabe]
    form: type[AngabeForm]
    titel: str
    neu: str
    leer: str
    hinweis: str = ""


_UMZUG = "Ein Umzug allein ändert die Zuständigkeit nicht (§ 98 Abs. 1 S. 2 SGB IX)."
_MINDERJAEHRIG = "Tragen Sie Eltern einzeln ein; die Sorge endet mit der Volljährigkeit von selbst."

ANGABEARTEN = {
    art.name: art
    for art in (
        Angabeart(
            "anschriften",
            Anschrift,
            formulare.AnschriftForm,
            "Anschrift",
            "Neue Anschrift",
            "Noch keine Anschrift: Schreiben können nicht hinausgehen.",
            _UMZUG,
        ),
        Angabeart(
            "auskunftssperren",
            Auskunftssperre,
            formulare.AuskunftssperreForm,
            "Auskunftssperre",
            "Neue Auskunftssperre",
            "Keine Auskunftssperre eingetragen.",
        ),
        Angabeart(
            "bankverbindungen",
            Bankverbindung,
            formulare.BankverbindungForm,
            "Bankverbindung",
            "Neue Bankverbindung",
            "Noch kein Konto: Geld kann nicht ausgezahlt werden.",
        ),
        Angabeart(
            "krankenversicherungen",
            Krankenversicherung,
            formulare.KrankenversicherungForm,
            "Krankenkasse",
            "Neue Krankenkasse",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "pflegeeinstufungen",
            Pflegeeinstufung,
            formulare.PflegeeinstufungForm,
            "Pflegegrad",
            "Neuer Pflegegrad",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "schwerbehinderungen",
            Schwerbehinderung,
            formulare.SchwerbehinderungForm,
            "Grad der Behinderung",
            "Neuer Grad der Behinderung",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "hilfebedarfseinstufungen",
            Hilfebedarfseinstufung,
            formulare.HilfebedarfseinstufungForm,
            "Hilfebedarfsgruppe",
            "Neue Hilfebedarfsgruppe",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "wohnsituationen",
            Wohnsituation,
            formulare.WohnsituationForm,
            "Wohnform",
            "Neue Wohnform",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "vertretungen",
            Vertretungsverhaeltnis,
            vertretungsformulare.VertretungForm,
            "Vertretung und Beistand",
            "Neue Vertretung",
            "Niemand eingetragen. Die Person handelt selbst.",
            _MINDERJAEHRIG,
        ),
        Angabeart(
            "bezugspersonen",
            Bezugsperson,
            vertretungsformulare.BezugspersonForm,
            "Angehörige und Haushalt",
            "Neue Bezugsperson",
            "Niemand eingetragen.",
        ),
    )
}


def anschrift_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Enter a new address."""
    return angabe_neu(request, fall, "anschriften")


def angabe_neu(request: CaseRequest, fall: int, art: str) -> HttpResponse:
    """Enter a fact from a day on; the open one before it ends the day before."""
    kind = _kind(art)

    def act(form: AngabeForm) -> str:
        add_angabe(
            case=request.case,
            modell=kind.modell,
            werte=form.werte(),
            gueltig_ab=form.cleaned_data["gueltig_ab"],
            gueltig_bis=form.cleaned_data["gueltig_bis"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _seite(fall, art)

    person = request.case.leistungsberechtigte_person
    initial = {"kontoinhaber": person.voller_name} if art == "bankverbindungen" else {}
    return run_form(
        request,
        kind.form,
        template="cases/person/angabe.html",
        context=_context(request, kind, kind.neu),
        act=act,
        done="Die Angabe ist gespeichert.",
        initial=initial,
    )


def angabe(request: CaseRequest, fall: int, art: str, angabe: int) -> HttpResponse:
    """Correct or end a fact."""
    kind, row = _kind(art), _row(request, art, angabe)

    def act(form: AngabeForm) -> str:
        change_angabe(
            case=request.case,
            angabe=row,
            werte=form.werte(),
            gueltig_ab=form.cleaned_data["gueltig_ab"],
            gueltig_bis=form.cleaned_data["gueltig_bis"],
            gesehen=form.stand_jetzt,
            by=request.user,
            tag=timezone.localdate(),
        )
        return _seite(fall, art)

    return run_form(
        request,
        kind.form,
        template="cases/person/angabe.html",
        context=_context(
            request,
            kind,
            f"{kind.titel} berichtigen oder beenden",
            loeschen=reverse("angabe_loeschen", args=[fall, art, angabe]),
        ),
        act=act,
        done="Die Angabe ist geändert.",
        gespeichert=werte_of_angabe(row),
        zuletzt=partial(last_editor, row),
    )


def angabe_loeschen(request: CaseRequest, fall: int, art: str, angabe: int) -> HttpResponse:
    """Take out what was entered by mistake; the reason is asked for."""
    kind, row = _kind(art), _row(request, art, angabe)

    def act(form: BegruendungForm) -> str:
        remove_angabe(
            case=request.case,
            angabe=row,
            grund=form.cleaned_data["text"],
            by=request.user,
            tag=timezone.localdate(),
        )
        return _seite(fall, art)

    return run_form(
        request,
        BegruendungForm,
        template="base_formular.html",
        context=case_context(
            request,
            f"{kind.titel}: Eintrag löschen",
            zurueck=reverse("angabe", args=[fall, art, angabe]),
            einleitung="Nur für Einträge, die nie gestimmt haben. Was früher galt und jetzt nicht "
            "mehr, beenden Sie mit einem Datum. Der Grund steht in der Chronik.",
        ),
        act=act,
        done="Der Eintrag ist gelöscht.",
        form_kwargs={"label": "Warum war der Eintrag falsch?", "absenden": "Eintrag löschen"},
    )


def _kind(art: str) -> Angabeart:
    if art not in ANGABEARTEN:
        raise Http404
    return ANGABEARTEN[art]


def _row(request: CaseRequest, art: str, pk: int) -> Personenangabe:
    kind = _kind(art)
    rows = angaben_of_person(request.case.leistungsberechtigte_person, kind.name)
    row: Personenangabe | None = rows.filter(pk=pk).first()
    if row is None:
        raise Geloescht(f"Den Eintrag „{kind.titel}“", kind.form)
    return row


def _seite(fall: int, art: str) -> str:
    return f"{reverse('fall_person', args=[fall])}#{art}"


def _context(request: CaseRequest, kind: Angabeart, titel: str, **extra: Any) -> dict[str, Any]:
    return case_context(
        request,
        titel,
        zurueck=_seite(request.case.pk, kind.name),
        einleitung=kind.hinweis,
        zweck=kind.modell.zweck,
        norm=kind.modell.norm,
        **extra,
    )
