"""One letter on its way: choose the way, see what followed, decide what is unclear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.models import Schreiben, User, Versand, Versandweg
from cases.models.stand import werte_of
from cases.person.guards.adressat import (
    addressee_of,
    copies_of,
    email_an_den_adressaten,
)
from cases.registry.schreibenart import Schreibanlass
from cases.registry.schritt import Schritt
from cases.schreiben.forms.versand import (
    AbnahmeForm,
    AufgabeForm,
    BerichtigungForm,
    NichtzugangForm,
    VersandForm,
)
from cases.schreiben.guards.einwilligung import (
    schreiben_an_dritte_nicht_per_email,
    schreiben_darf_hinaus,
)
from cases.schreiben.guards.versand import email_zugang_eroeffnet, schreiben_nicht_ersetzt
from cases.schreiben.queries.versand import first_bekanntgabe, schreiben_in, versand_in
from cases.schreiben.schritte import VERSANDSCHRITTE, Versandlage
from cases.schreiben.services import aushang, bekanntgabe
from cases.schreiben.services import versand as service
from cases.schreiben.services.abdruck import hand_copy
from cases.schreiben.views.schreiben import sees_address
from cases.schreiben.views.vorschau import seen_of
from cases.states.rolle import Rolle
from cases.states.versand import OHNE_WIRKUNG, VERSAND, Versandzustand
from cases.views.formular import run_form, run_step
from cases.views.rahmen import case_context
from recht.anschrift import land_of_zeilen
from recht.laender import DEUTSCHLAND

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest
    from cases.registry.schritt import Hindernis

_FOLGE_DER_AUFGABE = {
    False: "Mit diesem Tag beginnt die Frist bis zur Bekanntgabe.",
    True: "Zugestellt ist es erst an dem Tag, den die Zustellungsurkunde nennt; Sie tragen ihn "
    "ein, wenn sie zurück ist.",
}


def versand(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Show state, Bekanntgabe with its account, and the steps that are open."""
    row = _versand(request, versand)
    return render(
        request,
        "cases/schreiben/versand/seite.html",
        case_context(
            request,
            "Versand",
            versand=row,
            farbe=VERSAND.farben[row.state],
            geht_ab=service.leaves_at(row),
            schritte=_steps(request, row),
            anschrift_gesperrt=not sees_address(request),
            rechtsbehelf=bekanntgabe.has_rechtsbehelf(row.schreiben),
        ),
    )


def _steps(request: CaseRequest, row: Versand) -> list[Schritt]:
    if not access.may_write(request.user):
        return []
    lage = Versandlage(request.user, timezone.localdate(), row)
    steps = VERSANDSCHRITTE.schritte(lage)
    if row.state in OHNE_WIRKUNG:
        neu = reverse("versand_neu", args=[request.case.pk, row.schreiben_id])
        steps.append(Schritt("Neu versenden", neu, haupt=True))
    return steps


def _weigerung(brief: Schreiben, heute: date) -> list[Hindernis]:
    """Return why a letter may not leave by any way."""
    gefragt = (schreiben_nicht_ersetzt(brief), schreiben_darf_hinaus(brief, heute))
    return [hindernis for hindernis in gefragt if hindernis is not None]


def versand_neu(request: CaseRequest, fall: int, schreiben: int) -> HttpResponse:
    """Choose how a letter leaves the house."""
    brief = _schreiben(request, schreiben)
    heute = timezone.localdate()
    person = request.case.leistungsberechtigte_person
    hindernis = (
        schreiben_an_dritte_nicht_per_email(brief)
        or email_zugang_eroeffnet(person, heute)
        or email_an_den_adressaten(person, heute)
    )
    weg = _vorschlag(brief, per_email=not hindernis)
    im_ausland = land_of_zeilen(brief.empfaenger) != DEUTSCHLAND or bool(brief.daten.get("ausland"))
    hinweis = f"E-Mail ist nicht möglich: {hindernis.text}" if hindernis else ""

    def act(form: VersandForm) -> str:
        data = form.cleaned_data
        if data["weg"] == Versandweg.OEFFENTLICH:
            return reverse("versand", args=[fall, _hang(request, brief, data).pk])
        row = _dispatch(brief, data, request.user, heute)
        return reverse("versand", args=[fall, row.pk])

    return run_form(
        request,
        VersandForm,
        template="cases/schreiben/versand/neu.html",
        context=case_context(
            request,
            "Schreiben versenden",
            einleitung=f"{brief.titel} vom {brief.datum:%d.%m.%Y} ({brief.nummer}). "
            f"{_schon_bekannt(brief)}".strip(),
            zurueck=reverse("fall", args=[fall]),
            benachrichtigung=reverse("aushang_benachrichtigung", args=[fall, schreiben])
            if request.user.has_rolle(Rolle.LEITUNG)
            else "",
        ),
        act=act,
        zu=lambda: _weigerung(brief, heute),
        done="Der Versand ist veranlasst.",
        form_kwargs={
            "hinweis": hinweis,
            "stichtag": heute,
            "im_ausland": im_ausland,
            "leitet": request.user.has_rolle(Rolle.LEITUNG),
            "adressat": addressee_of(brief),
            "abdrucke": copies_of(brief, heute),
        },
        initial={"weg": weg, "ausland": im_ausland},
    )


def _dispatch(brief: Schreiben, data: dict[str, Any], by: User, heute: date) -> Versand:
    """Let a letter leave by the way that was chosen."""
    if an := data.get("uebergeben_an"):
        return hand_copy(schreiben=brief, an=an, am=data["uebergeben_am"], by=by, tag=heute)
    wie: dict[str, Any] = {"by": by, "tag": heute, "ausland": data["ausland"]}
    wie["grund"] = data["ausland_grund"]
    if data["weg"] == Versandweg.UEBERGABE:
        return service.hand_over(schreiben=brief, am=data["uebergeben_am"], **wie)
    ab = timezone.now() + timedelta(minutes=settings.RUECKRUF_MINUTEN)
    row = service.send(schreiben=brief, weg=data["weg"], ab=ab, **wie)
    if data["aufgabe_am"]:
        row = service.record_aufgabe(versand=row, aufgabe_am=data["aufgabe_am"], by=by, tag=heute)
    return row


def _hang(request: CaseRequest, brief: Schreiben, data: dict[str, Any]) -> Versand:
    """Record a public notice that was printed before."""
    heute = timezone.localdate()
    anlass = Schreibanlass(request.case, heute, request.user, brief)
    return aushang.record_aushang(
        schreiben=brief,
        am=data["aushang_am"],
        stelle=data["aushang_stelle"],
        grund=data["aushang_grund"],
        by=request.user,
        tag=heute,
        ausland=data["ausland"],
        gesehen=seen_of(request, aushang.BENACHRICHTIGUNG, anlass) or "",
    )


def versand_abnehmen(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Record until when a public notice hung."""
    row, heute = _versand(request, versand), timezone.localdate()
    zurueck = reverse("versand", args=[fall, versand])

    def act(form: AbnahmeForm) -> str:
        aushang.record_abnahme(versand=row, am=form.cleaned_data["am"], by=request.user, tag=heute)
        return zurueck

    return run_form(
        request,
        AbnahmeForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Abnahme des Aushangs vermerken",
            einleitung="In der Akte steht, von wann bis wann und wo die Benachrichtigung hing "
            "(§ 10 Abs. 2 S. 5 VwZG).",
            zurueck=zurueck,
        ),
        act=act,
        zu=lambda: VERSANDSCHRITTE.weigerung(Versandlage(request.user, heute, row), "abnehmen"),
        done="Die Abnahme ist vermerkt.",
        form_kwargs={"stichtag": heute},
    )


def _vorschlag(brief: Schreiben, *, per_email: bool) -> Versandweg:
    """Return the way that fits the Belehrung of the letter: served with proof, else by mail."""
    if brief.daten.get("zustellung"):
        return Versandweg.ZUSTELLUNG
    return Versandweg.ELEKTRONISCH if per_email else Versandweg.POST


def _schon_bekannt(brief: Schreiben) -> str:
    """Return what a further copy is, empty for the first dispatch."""
    bekannt = first_bekanntgabe(brief)
    if bekannt is None:
        return ""
    return (
        f"Bekannt gegeben ist es schon am {bekannt.bekanntgabe:%d.%m.%Y} "
        f"({bekannt.get_weg_display()}). Was Sie jetzt versenden, ist eine weitere Ausfertigung; "
        "sie setzt keine neue Frist in Lauf."
    )


def _aufgabeschritt(row: Versand) -> str:
    """Return by which step the day of dispatch is recorded: an uncertain e-mail has its own."""
    return "als_versandt_vermerken" if row.state == Versandzustand.UNGEWISS else "aufgeben"


def versand_vermerken(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Record the day of posting of one letter, or that an uncertain e-mail has gone out."""
    row = _versand(request, versand)
    heute = timezone.localdate()
    zurueck = reverse("versand", args=[fall, versand])
    email = row.weg == Versandweg.ELEKTRONISCH

    def act(form: AufgabeForm) -> str:
        service.record_aufgabe(
            versand=row, aufgabe_am=form.cleaned_data["aufgabe_am"], by=request.user, tag=heute
        )
        return zurueck

    return run_form(
        request,
        AufgabeForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Als versandt vermerken" if email else "Aufgabe zur Post vermerken",
            einleitung=f"{row.schreiben.titel} vom {row.schreiben.datum:%d.%m.%Y}. "
            f"{_FOLGE_DER_AUFGABE[row.weg == Versandweg.ZUSTELLUNG]}",
            zurueck=zurueck,
        ),
        act=act,
        zu=lambda: VERSANDSCHRITTE.weigerung(
            Versandlage(request.user, heute, row), _aufgabeschritt(row)
        ),
        done="Der Tag ist vermerkt, die Bekanntgabe berechnet.",
        form_kwargs={
            "stichtag": heute,
            "label": "Versandt am" if email else "Zur Post gegeben am",
        },
    )


def versand_berichtigen(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Record a proven receipt, a dispatch abroad or a wrong Belehrung; all days follow."""
    row, heute = _versand(request, versand), timezone.localdate()
    zurueck = reverse("versand", args=[fall, versand])
    rechtsbehelf = bekanntgabe.has_rechtsbehelf(row.schreiben)

    def act(form: BerichtigungForm) -> str:
        data = form.cleaned_data
        bekanntgabe.correct_bekanntgabe(
            versand=row,
            zugang_am=data["zugang_am"],
            ausland=data["ausland"],
            rbb=data.get("rbb", row.rbb),
            feststellung=data["feststellung"],
            by=request.user,
            tag=heute,
            gesehen=form.stand_jetzt,
        )
        return zurueck

    return run_form(
        request,
        BerichtigungForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Zugang oder Belehrung berichtigen",
            einleitung=f"{row.schreiben.titel} vom {row.schreiben.datum:%d.%m.%Y}. Bekanntgabe "
            "und Fristen werden neu gerechnet; die bisherigen bleiben lesbar.",
            zurueck=zurueck,
        ),
        act=act,
        zu=lambda: VERSANDSCHRITTE.weigerung(Versandlage(request.user, heute, row), "berichtigen"),
        done="Berichtigt. Bekanntgabe und Fristen sind neu gerechnet.",
        form_kwargs={"stichtag": heute, "rechtsbehelf": rechtsbehelf},
        gespeichert=werte_of(row, bekanntgabe.GEZEIGT),
    )


def versand_nicht_zugegangen(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Record that a letter came back or was never received."""
    row, heute = _versand(request, versand), timezone.localdate()
    zurueck = reverse("versand", args=[fall, versand])

    def act(form: NichtzugangForm) -> str:
        data = form.cleaned_data
        bekanntgabe.record_nichtzugang(
            versand=row,
            am=data["am"],
            feststellung=data["feststellung"],
            by=request.user,
            tag=heute,
        )
        return zurueck

    return run_form(
        request,
        NichtzugangForm,
        template="base_formular.html",
        context=case_context(
            request,
            "Brief kam zurück oder ging nicht zu",
            einleitung=f"{row.schreiben.titel} vom {row.schreiben.datum:%d.%m.%Y}. Damit entfällt "
            "die Bekanntgabe durch diese Sendung; das Schreiben ist neu zu versenden.",
            zurueck=zurueck,
        ),
        act=act,
        zu=lambda: VERSANDSCHRITTE.weigerung(
            Versandlage(request.user, heute, row), "nicht_zugegangen"
        ),
        done="Vermerkt. Heute liegt eine Wiedervorlage vor: Anschrift klären, neu versenden.",
        form_kwargs={"stichtag": heute},
        initial={"am": heute},
    )


def versand_erneut(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Send an uncertain e-mail once more."""
    row = _versand(request, versand)
    seite = reverse("versand", args=[fall, versand])

    def act() -> str:
        service.send_again(versand=row, by=request.user, tag=timezone.localdate())
        return seite

    return run_step(request, act=act, back=seite, done="Die Nachricht wird erneut gesendet.")


def versand_nicht_versandt(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Record that an uncertain e-mail has not gone out, so that another way is open."""
    row = _versand(request, versand)
    seite = reverse("versand", args=[fall, versand])

    def act() -> str:
        service.record_not_sent(versand=row, by=request.user, tag=timezone.localdate())
        return seite

    done = "Vermerkt: nicht versandt. Bitte auf einem Weg neu versenden."
    return run_step(request, act=act, back=seite, done=done)


def versand_zuruecknehmen(request: CaseRequest, fall: int, versand: int) -> HttpResponse:
    """Take a letter back before it has left."""
    row = _versand(request, versand)
    seite = reverse("versand", args=[fall, versand])

    def act() -> str:
        service.cancel_versand(versand=row, by=request.user, tag=timezone.localdate())
        return seite

    return run_step(request, act=act, back=seite, done="Der Versand ist zurückgenommen.")


def _versand(request: CaseRequest, versand_id: int) -> Versand:
    row = versand_in(request.case).filter(pk=versand_id).first()
    if row is None:
        raise Http404
    row.schreiben.case = request.case
    return row


def _schreiben(request: CaseRequest, schreiben_id: int) -> Schreiben:
    row = schreiben_in(request.case).filter(pk=schreiben_id).first()
    if row is None:
        raise Http404
    return row
