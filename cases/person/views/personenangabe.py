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
    LeistungsberechtigtePerson,
    Personenangabe,
    Pflegeeinstufung,
    Schwerbehinderung,
    Statistikangabe,
    Vertretungsverhaeltnis,
    Wohnsituation,
)
from cases.person.forms import personenangabe as formulare
from cases.person.forms import vertretung as vertretungsformulare
from cases.person.forms.personenangabe import AngabeForm
from cases.person.queries.personenangabe import (
    angaben_of_person,
    named_vertretungen,
    werte_of_angabe,
)
from cases.person.services.auskunftssperre import decide_sperrende
from cases.person.services.bestaetigung import confirm_bankverbindung
from cases.person.services.personenangabe import (
    add_angabe,
    change_angabe,
    remove_angabe,
)
from cases.queries.stand import last_editor
from cases.views.bestaetigung import confirm_now
from cases.views.formular import run_form, run_step
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


# Where money goes is changed by whoever has just proved who they are.
_MIT_BESTAETIGUNG = ("bankverbindungen",)
_KONTO_WARTET = (
    "Das Konto gehört nicht der Person. Gezahlt wird darauf erst, wenn die Sachgebietsleitung es "
    "bestätigt hat."
)
_SPERRE_GILT = "Bis eine zweite Person es bestätigt, gilt die Sperre; eine der beiden ist Leitung."
_SPERRE_GEAENDERT = (
    "Die Angabe ist geändert. Ein früheres Ende gilt erst, wenn eine zweite Person es bestätigt."
)
_UMZUG = "Ein Umzug allein ändert die Zuständigkeit nicht (§ 98 Abs. 1 S. 3 SGB IX)."
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
            "Pflegegrad eintragen",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "schwerbehinderungen",
            Schwerbehinderung,
            formulare.SchwerbehinderungForm,
            "Grad der Behinderung",
            "Grad der Behinderung eintragen",
            "Noch nicht eingetragen.",
        ),
        Angabeart(
            "hilfebedarfseinstufungen",
            Hilfebedarfseinstufung,
            formulare.HilfebedarfseinstufungForm,
            "Hilfebedarfsgruppe",
            "Hilfebedarfsgruppe eintragen",
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
            "statistikangaben",
            Statistikangabe,
            formulare.StatistikangabeForm,
            "Bundesstatistik",
            "Neue Angaben zur Statistik",
            "Noch nicht erfragt: Für die jährliche Meldung fehlen Angaben.",
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


def hilfebedarfsgruppe_neu(request: CaseRequest, fall: int) -> HttpResponse:
    """Enter the Hilfebedarfsgruppe; the Fachdienst may, too, for it finds it out."""
    return angabe_neu(request, fall, "hilfebedarfseinstufungen")


def angabe_neu(request: CaseRequest, fall: int, art: str) -> HttpResponse:
    """Enter a fact from a day on; the open one before it ends the day before."""
    kind = _kind(art)
    if art in _MIT_BESTAETIGUNG and (zuerst := confirm_now(request)):
        return zuerst

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
    initial = _known(art, person)
    return run_form(
        request,
        kind.form,
        template="cases/person/angabe.html",
        context=_context(request, kind, kind.neu),
        act=act,
        done="Die Angabe ist gespeichert.",
        initial=initial,
    )


def _known(art: str, person: LeistungsberechtigtePerson) -> dict[str, str]:
    """Return what a new fact can take from elsewhere: the holder of an account, a Vertretung."""
    if art == "bankverbindungen":
        return {"kontoinhaber": person.voller_name}
    genannt = named_vertretungen(person, timezone.localdate()) if art == "vertretungen" else []
    if not genannt:
        return {}
    vorname, _, nachname = genannt[0].vertreten_durch.rpartition(" ")
    return {"vorname": vorname[:100], "nachname": nachname[:100]}


def angabe(request: CaseRequest, fall: int, art: str, angabe: int) -> HttpResponse:
    """Correct or end a fact."""
    kind, row = _kind(art), _row(request, art, angabe)
    if art in _MIT_BESTAETIGUNG and (zuerst := confirm_now(request)):
        return zuerst

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
            wartet=_waiting(fall, row),
        ),
        act=act,
        done=_SPERRE_GEAENDERT if isinstance(row, Auskunftssperre) else "Die Angabe ist geändert.",
        gespeichert=werte_of_angabe(row),
        zuletzt=partial(last_editor, row),
    )


def _waiting(fall: int, row: Personenangabe) -> dict[str, Any]:
    """Return what waits for a second person: a sentence, and the buttons to decide."""
    if isinstance(row, Bankverbindung) and row.wartet:
        knoepfe = [("Konto bestätigen", reverse("konto_bestaetigen", args=[fall, row.pk]))]
        return {"satz": _KONTO_WARTET, "knoepfe": knoepfe}
    if isinstance(row, Auskunftssperre) and row.ende_wartet and row.ende_am and row.ende_von:
        satz = f"{row.ende_von.get_full_name()} hat das Ende zum {row.ende_am:%d.%m.%Y} beantragt. "
        knoepfe = [
            ("Ende bestätigen", reverse("sperrende_bestaetigen", args=[fall, row.pk])),
            ("Sperre beibehalten", reverse("sperre_beibehalten", args=[fall, row.pk])),
        ]
        return {"satz": satz + _SPERRE_GILT, "knoepfe": knoepfe}
    return {}


def angabe_loeschen(request: CaseRequest, fall: int, art: str, angabe: int) -> HttpResponse:
    """Take out what was entered by mistake; the reason is asked for."""
    kind, row = _kind(art), _row(request, art, angabe)
    if art in _MIT_BESTAETIGUNG and (zuerst := confirm_now(request)):
        return zuerst

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


def konto_bestaetigen(request: CaseRequest, fall: int, angabe: int) -> HttpResponse:
    """Confirm an account that does not belong to the person."""
    row = _row(request, "bankverbindungen", angabe)
    back = _seite(fall, "bankverbindungen")

    def act() -> str:
        if isinstance(row, Bankverbindung):
            confirm_bankverbindung(
                case=request.case, konto=row, by=request.user, tag=timezone.localdate()
            )
        return back

    done = "Das Konto ist bestätigt. Von jetzt an wird darauf gezahlt."
    return run_step(request, act=act, back=back, done=done)


def sperrende_bestaetigen(request: CaseRequest, fall: int, angabe: int) -> HttpResponse:
    """Confirm the end of an Auskunftssperre that somebody else has asked for."""
    return _decide_sperrende(request, angabe, beenden=True, done="Das Ende ist bestätigt.")


def sperre_beibehalten(request: CaseRequest, fall: int, angabe: int) -> HttpResponse:
    """Refuse the end of an Auskunftssperre."""
    return _decide_sperrende(request, angabe, beenden=False, done="Die Auskunftssperre bleibt.")


def _decide_sperrende(
    request: CaseRequest, angabe: int, *, beenden: bool, done: str
) -> HttpResponse:
    row = _row(request, "auskunftssperren", angabe)
    back = _seite(request.case.pk, "auskunftssperren")

    def act() -> str:
        if isinstance(row, Auskunftssperre):
            decide_sperrende(
                case=request.case,
                sperre=row,
                beenden=beenden,
                by=request.user,
                tag=timezone.localdate(),
            )
        return back

    return run_step(request, act=act, back=back, done=done)


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
