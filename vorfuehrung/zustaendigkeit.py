"""Shows the Zuständigkeit in its variants, and consents that hold and that were withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from cases.antrag.services.traegerbeteiligung import forward_part, involve_traeger
from cases.antrag.services.zustaendigkeit import save_antworten, take_over
from cases.einwilligung.queries import empfaenger_schluessel
from cases.einwilligung.services import (
    Empfaengerangabe,
    abdruck_anlass,
    abdruck_art_of,
    record_einwilligung,
    withdraw_einwilligung,
)
from cases.models import Case, Leistungstraeger, User
from cases.registry.schreibenart import Schreibanlass
from cases.schreiben.services.schreiben import write_schreiben
from cases.schreiben.services.versand import send
from cases.states.fall import Fallzustand
from recht.zustaendigkeitsfragen import Angaben

RENTE = "Deutsche Rentenversicherung Musterland"
AGENTUR = "Agentur für Arbeit Musterau"
KASSE = "AOK Musterland – Pflegekasse"


def show_zustaendigkeit(faelle: QuerySet[Case], by: User, heute: date) -> None:
    """Tell variants in the open cases of one Fallmanager; run after all cases are told."""
    offen = list(
        faelle.filter(
            caseworker=by, state=Fallzustand.ANTRAG_EINGEGANGEN, antraege__eingang__lte=heute
        ).order_by("-eroeffnet_am", "id")[:4]
    )
    if len(offen) < 4:
        return
    begonnen, zweiter, teil, beteiligt = offen
    save_antworten(
        antrag=begonnen.antraege.get(),
        angaben=Angaben(herkunft="erster", eilfall="nein", gruppen=("b_soziale_teilhabe",)),
        notiz="Einwohnermeldeamt angefragt, Antwort bis Ende der Woche.",
        by=by,
        tag=heute,
    )
    take_over(
        antrag=zweiter.antraege.get(),
        von=Leistungstraeger.objects.get(name=RENTE),
        erster_eingang=zweiter.eroeffnet_am - timedelta(days=12),
        by=by,
        tag=heute,
    )
    row = forward_part(
        antrag=teil.antraege.get(),
        an=Leistungstraeger.objects.get(name=AGENTUR),
        gruppen=["b_unterhaltssichernde"],
        inhalt="Übergangsgeld während der Teilhabe am Arbeitsleben.",
        festgestellt_am=heute,
        by=by,
        tag=heute,
    )
    write_schreiben(
        art="teilweiterleitung_traeger",
        anlass=Schreibanlass(case=teil, tag=heute, by=by, gegenstand=row),
    )
    involve_traeger(
        antrag=beteiligt.antraege.get(),
        traeger=Leistungstraeger.objects.get(name=RENTE),
        gruppen=["b_medizinische_rehabilitation"],
        frage="Besteht Bedarf an medizinischer Rehabilitation, und in welchem Umfang?",
        by=by,
        tag=heute,
    )


def show_einwilligungen(faelle: QuerySet[Case], by: User, heute: date) -> None:
    """Enter consents in a case with a Gesamtplan: one holds, one is withdrawn before it is used."""
    case = (
        faelle.filter(caseworker=by, schreiben_liste__art="gesamtplan", beendet_am=None)
        .order_by("-id")
        .distinct()
        .first()
    )
    if case is None:
        return
    plan = case.schreiben_liste.filter(art="gesamtplan").latest("id")
    kasse = Leistungstraeger.objects.get(name=KASSE)
    for name, anschrift, tage in (
        (empfaenger_schluessel(kasse), (), 20),
        ("Dr. med. Annegret Hübner-Schlüter", ("Rathausgasse 4", "70999 Musterau"), 15),
    ):
        im_verzeichnis = name.startswith("leistungstraeger:")
        row = record_einwilligung(
            case=case,
            empfaenger=Empfaengerangabe(
                name if im_verzeichnis else "", "" if im_verzeichnis else name, anschrift
            ),
            teile=["gesamtplan", "pflege"] if im_verzeichnis else ["gesamtplan", "gutachten"],
            zweck="Abstimmung der Leistungen mit der Pflege und der ärztlichen Behandlung.",
            form="schriftlich",
            erteilt_am=heute - timedelta(days=tage),
            gueltig_ab=heute - timedelta(days=tage),
            gueltig_bis=None,
            erklaert_durch="person",
            vertreten_durch="",
            unterlage=None,
            by=by,
            tag=heute,
        )
        brief = write_schreiben(
            art=abdruck_art_of(plan),
            anlass=abdruck_anlass(einwilligung=row, abdruck=plan, by=by, tag=heute),
        )
        send(schreiben=brief, weg="post", by=by, tag=heute)
    withdraw_einwilligung(
        einwilligung=row,
        erklaert_am=heute,
        erklaert_durch="person",
        vertreten_durch="",
        weg="Anruf",
        by=by,
        tag=heute,
    )
