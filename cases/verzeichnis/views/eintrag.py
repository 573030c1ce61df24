"""One entry of the directory: its page, add, change, check, end, delete."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.access import FALLROLLEN
from cases.behoerde.forms.eigener_wert import StichtagForm
from cases.models import Gattung, User, Verzeichniseintrag
from cases.models.stand import werte_of
from cases.queries.stand import last_editor
from cases.registry.schritt import Hindernis, Schritt
from cases.verzeichnis import guards as regeln
from cases.verzeichnis.forms import BeendenForm, EintragForm, LoeschenForm
from cases.verzeichnis.queries.verweise import count_verwendung
from cases.verzeichnis.queries.verzeichnis import (
    BEREICHE,
    angebote_of,
    ansprechpersonen_of,
    art_of,
    bereich_of,
    felder_of,
    gattung_of,
    get_eintrag,
    gruppen_of,
    katalogeintrag,
    namen_of,
    zusammenfuehrungen_of,
)
from cases.verzeichnis.services import verzeichnis as service
from cases.views.formular import run_form, run_step
from cases.views.geloescht import Geloescht
from recht.kataloge import alle_eintraege

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest


def stand_am(row: Verzeichniseintrag, stichtag: date) -> tuple[str, str]:
    if row.zusammengefuehrt_in_id is not None:
        return "zusammengeführt", "neutral"
    if row.gueltig_bis is not None and row.gueltig_bis < stichtag:
        return "beendet", "neutral"
    if not row.geprueft:
        return "noch nicht geprüft", "warning"
    if row.gueltig_ab is not None and row.gueltig_ab > stichtag:
        return "gilt noch nicht", "info"
    return "aktiv", "success"


def eintrag_url(eintrag: Verzeichniseintrag) -> str:
    """Return the address of the page of an entry."""
    return reverse("verzeichnis_eintrag", args=[gattung_of(eintrag), eintrag.pk])


def eintrag_or_404(gattung: str, pk: int) -> Verzeichniseintrag:
    """Return the entry, or answer 404."""
    row = get_eintrag(gattung, pk) if pk < 2**63 else None
    if row is None:
        raise Geloescht("Diesen Eintrag des Verzeichnisses", EintragForm)
    return row


def eintrag_context(eintrag: Verzeichniseintrag, titel: str, **extra: Any) -> dict[str, Any]:
    """Return the context of a page below an entry; its name stands on the page, not in <title>."""
    bereich = bereich_of(eintrag)
    krumen: list[tuple[str, str | None]] = [
        ("Verzeichnis", reverse("verzeichnis")),
        (bereich.titel, f"{reverse('verzeichnis')}?bereich={bereich.schluessel}"),
        (f"Eintrag {eintrag.pk}", eintrag_url(eintrag)),
        (titel, None),
    ]
    return {
        "titel": titel,
        "eintrag": eintrag,
        "zurueck": eintrag_url(eintrag),
        "brotkrumen": krumen,
        **extra,
    }


def eintrag(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Show an entry as it holds on the chosen day, and where it is used."""
    row, heute = eintrag_or_404(gattung, eintrag), timezone.localdate()
    gewaehlt = request.GET.get("stichtag")
    form = StichtagForm(
        None if gewaehlt is None else {"stichtag": gewaehlt}, initial={"stichtag": heute}
    )
    tag = form.cleaned_data["stichtag"] if gewaehlt is not None and form.is_valid() else heute
    bereich = bereich_of(row)
    context = eintrag_context(
        row,
        "Verzeichniseintrag",
        form=form,
        stichtag=tag,
        bereich=bereich,
        art=art_of(row),
        stand=stand_am(row, tag),
        aktionen=_schritte(row, request.user),
        ansprechpersonen=_on_day(ansprechpersonen_of(row), tag),
        darf_anlegen=regeln.darf_anlegen(request.user) is None and not row.zusammengefuehrt_in_id,
        darf_aendern=_darf_aendern(row, request.user),
        sieht_faelle=request.user.has_rolle(*FALLROLLEN),
        verwendung=count_verwendung(row, request.user, heute),
        zusammenfuehrungen=_merges(row),
        darf_pflegen=regeln.darf_pflegen(request.user) is None,
    )
    context["brotkrumen"] = [*context["brotkrumen"][:2], (f"Eintrag {row.pk}", None)]
    if row.zusammengefuehrt_in is not None:
        context["ziel_url"] = eintrag_url(row.zusammengefuehrt_in)
    if gattung == Gattung.LEISTUNGSTRAEGER:
        context |= _katalog(row, tag)
    if gattung == Gattung.LEISTUNGSERBRINGER:
        context |= _angebote(row, tag)
    status = 422 if form.errors else 200
    return render(request, "cases/verzeichnis/seite.html", context, status=status)


def _darf_aendern(row: Verzeichniseintrag, user: User) -> bool:
    return row.zusammengefuehrt_in_id is None and regeln.darf_aendern(row, user) is None


def _on_day(rows: Any, tag: date) -> list[tuple[Any, bool]]:
    """Return the rows, those that hold on the day first, each with whether it holds."""
    marked = [
        (
            row,
            (row.gueltig_ab is None or row.gueltig_ab <= tag)
            and (row.gueltig_bis is None or row.gueltig_bis >= tag),
        )
        for row in rows
    ]
    return sorted(marked, key=lambda pair: not pair[1])


def _katalog(row: Any, tag: date) -> dict[str, Any]:
    gesetz = katalogeintrag(row.art, tag)
    return {"gesetz": gesetz, "gruppen": gruppen_of(gesetz, tag) if gesetz else []}


def _angebote(row: Verzeichniseintrag, tag: date) -> dict[str, Any]:
    namen = {
        e.schluessel: f"{e.bezeichnung} ({e.norm})"
        for katalog in ("leistungsgruppen", "leistungskatalog")
        for e in alle_eintraege(katalog)
    }
    angebote = []
    for angebot, gilt in _on_day(angebote_of(row), tag):
        preise = _on_day(angebot.preise.all(), tag)
        for preis, _ in preise:
            preis.norm = regeln.norm_der_verguetung(preis.gueltig_ab)
        angebote.append(
            {
                "angebot": angebot,
                "gilt": gilt,
                "gruppe": namen.get(angebot.leistungsgruppe, angebot.leistungsgruppe),
                "typ": namen.get(angebot.leistungstyp, angebot.leistungstyp),
                "preise": [p for p, now in preise if now],
                "andere": [p for p, now in preise if not now],
            }
        )
    return {"angebote": angebote}


def _merges(row: Verzeichniseintrag) -> list[dict[str, Any]]:
    merges = list(zusammenfuehrungen_of(row))
    namen = namen_of(gattung_of(row), {pk for m in merges for pk in (m.bleibt, m.geht)})
    return [
        {
            "merge": m,
            "bleibt": namen.get(m.bleibt, ""),
            "geht": namen.get(m.geht, ""),
            "url": reverse("zusammenfuehrung", args=[m.pk]),
        }
        for m in merges
    ]


def _schritte(row: Verzeichniseintrag, user: User) -> list[Schritt]:
    if row.zusammengefuehrt_in_id is not None or regeln.darf_anlegen(user) is not None:
        return []
    args = [gattung_of(row), row.pk]

    def schritt(titel: str, name: str, hindernis: Hindernis | None, **mehr: Any) -> Schritt:
        gruende = (hindernis,) if hindernis else ()
        return Schritt(titel, reverse(name, args=args), hindernisse=gruende, **mehr)

    sperre, pflege = regeln.darf_aendern(row, user), regeln.darf_pflegen(user)
    schritte = [schritt("Bearbeiten", "verzeichnis_bearbeiten", sperre)]
    if sperre is None:
        schritte.append(schritt("Beenden", "verzeichnis_beenden", None))
    if pflege is None:
        if not row.geprueft:
            schritte.insert(
                0,
                schritt("Als geprüft bestätigen", "verzeichnis_bestaetigen", None, methode="post"),
            )
        schritte.append(schritt("Zusammenführen", "verzeichnis_kandidaten", None))
        schritte.append(schritt("Löschen", "verzeichnis_loeschen", None, gefahr=True))
    return schritte


def eintrag_neu(request: CaseRequest, bereich: str) -> HttpResponse:
    """Add an entry; look-alikes are shown first."""
    art = BEREICHE.get(bereich)
    if art is None:
        raise Http404

    def act(form: EintragForm) -> str:
        return eintrag_url(
            service.create_eintrag(gattung=art.gattung, werte=form.werte, by=request.user)
        )

    liste = f"{reverse('verzeichnis')}?bereich={art.schluessel}"
    return run_form(
        request,
        EintragForm,
        template="cases/verzeichnis/formular.html",
        context={
            "titel": f"Neuer Eintrag: {art.einzahl}",
            "zurueck": liste,
            "brotkrumen": [
                ("Verzeichnis", reverse("verzeichnis")),
                (art.titel, liste),
                ("Neuer Eintrag", None),
            ],
            "einleitung": ""
            if regeln.darf_pflegen(request.user) is None
            else "Der Eintrag ist sofort verwendbar. Fachadministration oder Sachgebietsleitung "
            "prüfen ihn danach.",
        },
        act=act,
        done="Der Eintrag ist angelegt.",
        form_kwargs={"bereich": art},
    )


def eintrag_bearbeiten(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Change the facts of an entry."""
    row = eintrag_or_404(gattung, eintrag)

    def act(form: EintragForm) -> str:
        service.update_eintrag(
            eintrag=row, werte=form.werte, by=request.user, gesehen=form.stand_jetzt
        )
        return eintrag_url(row)

    return run_form(
        request,
        EintragForm,
        template="cases/verzeichnis/formular.html",
        context=eintrag_context(row, "Eintrag bearbeiten", einleitung=str(row)),
        act=act,
        done="Der Eintrag ist gespeichert.",
        form_kwargs={"bereich": bereich_of(row), "eintrag": row},
        gespeichert=werte_of(row, felder_of(type(row))),
        zuletzt=partial(last_editor, row),
    )


def eintrag_beenden(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Let an entry end."""
    row = eintrag_or_404(gattung, eintrag)

    def act(form: BeendenForm) -> str:
        tag = form.cleaned_data["gueltig_bis"]
        service.end_eintrag(eintrag=row, letzter_tag=tag, by=request.user, gesehen=form.stand_jetzt)
        return eintrag_url(row)

    return run_form(
        request,
        BeendenForm,
        template="base_formular.html",
        context=eintrag_context(
            row,
            "Eintrag beenden",
            einleitung=f"„{row}“ wird nach dem letzten Tag nicht mehr angeboten. Wo der Eintrag "
            "verwendet wird, bleibt er stehen.",
        ),
        act=act,
        done="Der Eintrag endet.",
        initial={"gueltig_bis": row.gueltig_bis or timezone.localdate()},
        gespeichert=werte_of(row, ("gueltig_bis",)),
        zuletzt=partial(last_editor, row),
    )


def eintrag_bestaetigen(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Mark an entry as checked."""
    row = eintrag_or_404(gattung, eintrag)

    def act() -> str:
        service.confirm_eintrag(eintrag=row, by=request.user)
        return eintrag_url(row)

    return run_step(request, act=act, back=eintrag_url(row), done="Der Eintrag ist geprüft.")


def eintrag_loeschen(request: CaseRequest, gattung: str, eintrag: int) -> HttpResponse:
    """Delete an entry that nothing uses."""
    row = eintrag_or_404(gattung, eintrag)
    liste = f"{reverse('verzeichnis')}?bereich={bereich_of(row).schluessel}"

    def act(form: LoeschenForm) -> str:
        service.delete_eintrag(eintrag=row, by=request.user)
        return liste

    return run_form(
        request,
        LoeschenForm,
        template="base_formular.html",
        context=eintrag_context(
            row,
            "Eintrag löschen",
            einleitung=f"„{row}“ wird gelöscht. Das geht nur, wenn nichts darauf verweist; "
            "sonst beenden Sie den Eintrag.",
        ),
        act=act,
        done="Der Eintrag ist gelöscht.",
    )
