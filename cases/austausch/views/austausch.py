"""Import of existing cases: upload, look at what was found, decide, take over, take back."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.austausch.export import error_workbook
from cases.austausch.forms.austausch import StapelForm
from cases.austausch.queries.austausch import (
    SEITENZEILEN,
    aehnlich_of,
    cells_of,
    entscheidung_of,
    entscheidung_text,
    fehler_of,
    get_stapel,
    hinweise_of,
    list_stapel,
    profile,
    real_sums,
    same_file,
    werte_of,
    zeilen_of,
)
from cases.austausch.queries.woerter import open_words
from cases.austausch.schritte import STAPELSCHRITTE, Stapellage
from cases.austausch.services import austausch as services
from cases.austausch.services import entscheidung
from cases.austausch.tasks import go_on
from cases.austausch.views.entscheidung import (
    angaben_of,
    compare_hits,
    gesehen_of,
    sentence_of_belassene,
    wahl_of,
)
from cases.crypto import read_json
from cases.export.tabelle import MIME, XLSX
from cases.models import Importstapel, Importzeile
from cases.registry.aufruf import show_cases
from cases.states.austausch import (
    ARBEITEND,
    FELDER,
    STAPEL,
    Importentscheidung,
    Importzeilenstand,
    Stapelzustand,
)
from cases.states.fall import Fallzustand
from cases.states.tafel import SchrittUnzulaessig
from cases.states.zugang import Abrufart
from cases.tisch.views.tabelle import file_response
from cases.views.formular import run_form, run_step

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

_ARTEN = {
    "alle": "Alle Zeilen",
    "fehler": "Fehlerhafte",
    "aehnlich": "Ähnliche Personen",
    "bleibt": "Nicht zurückgenommen",
}
_SUMMEN = (
    ("zeilen", "Fälle"),
    ("personen", "Personen"),
    ("laufend", "laufende Fälle"),
    ("betrag", "Beträge monatlich"),
)
_ZEILENFARBEN = {
    Importzeilenstand.OFFEN: "neutral",
    Importzeilenstand.FEHLER: "danger",
    Importzeilenstand.GUELTIG: "info",
    Importzeilenstand.AUSGELASSEN: "neutral",
    Importzeilenstand.UEBERNOMMEN: "success",
    Importzeilenstand.ZURUECKGENOMMEN: "neutral",
}


def stapel_liste(request: CaseRequest) -> HttpResponse:
    """List the imports of the teams that this user leads."""
    seite = Paginator(list_stapel(request.user), SEITENZEILEN).get_page(request.GET.get("seite"))
    return render(
        request,
        "cases/austausch/liste.html",
        {
            "titel": "Bestandsübernahme",
            "seite": seite,
            "zeilen": [(row, STAPEL.farben[row.state]) for row in seite],
            "profile": list(profile(nur_aktive=True)),
        },
    )


def stapel_neu(request: CaseRequest) -> HttpResponse:
    """Upload a file and check it; nothing becomes a case yet."""
    liste = reverse("importstapel_liste")

    def act(form: StapelForm) -> str:
        data, sha256 = form.cleaned_data, hashlib.sha256(form.inhalt).hexdigest()
        frueher = same_file(sha256, data["team"])
        if frueher is not None:
            raise SchrittUnzulaessig(
                f"Genau diese Datei ist mit Stapel {frueher.pk} schon übernommen worden."
            )
        row = services.create_stapel(
            tabelle=form.gelesen(),
            dateiname=data["datei"],
            sha256=sha256,
            profil=data["profil"],
            team=data["team"],
            soll=form.soll(),
            by=request.user,
            now=timezone.now(),
        )
        go_on(row.pk)
        return reverse("importstapel", args=[row.pk])

    return run_form(
        request,
        StapelForm,
        template="cases/austausch/neu.html",
        context={
            "titel": "Datei hochladen",
            "brotkrumen": [("Bestandsübernahme", liste), ("Datei hochladen", None)],
            "zurueck": liste,
        },
        act=act,
        form_kwargs={"user": request.user},
    )


def stapel(request: CaseRequest, stapel: int) -> HttpResponse:
    """Show an import: what was found, the sums, the rows, the next step."""
    row = get_or_404(request, stapel)
    lage = Stapellage(request.user, row)
    zahlen = lage.zahlen
    arten = _arten(zahlen, row)
    art = request.GET.get("zeilen", "")
    art = art if art in arten else next(iter(arten))
    seite = Paginator(zeilen_of(row, art), SEITENZEILEN).get_page(request.GET.get("seite"))
    show_cases(request, anzahl=len(seite.object_list))
    adresse = reverse("importstapel", args=[row.pk])
    context = {
        "titel": f"Stapel {row.pk}",
        "brotkrumen": [("Bestandsübernahme", reverse("importstapel_liste")), (str(row), None)],
        "stapel": row,
        "farbe": STAPEL.farben[row.state],
        "arbeitet": row.state in ARBEITEND,
        "zahlen": zahlen,
        "schritte": STAPELSCHRITTE.schritte(
            lage, "uebernehmen", "zuordnen", "vorlegen", "zuruecknehmen", "verwerfen"
        ),
        "zuruecknehmbar": bool(STAPELSCHRITTE.schritte(lage, "zuruecknehmen")),
        "offene_woerter": open_words(row) if row.state == Stapelzustand.GEPRUEFT else [],
        "ohne_tag": (row.summen.get("geprueft") or {}).get("ohne_tag", 0),
        "getan": zahlen["alle"] - _remaining(row, zahlen),
        "summen": _summen(row),
        "zustaende": _zustaende(row),
        "art": art,
        "reiter": [
            {
                "titel": _ARTEN[name],
                "url": f"{adresse}?zeilen={name}",
                "aktiv": name == art,
                "anzahl": zahl,
            }
            for name, zahl in arten.items()
        ],
        "seite": seite,
        "seiten_zusatz": f"zeilen={art}",
        "zeilen": compare_hits([_zeile(zeile, _stellen(row)) for zeile in seite], row),
        "entscheidbar": art == "aehnlich" and row.state == Stapelzustand.GEPRUEFT,
    }
    return render(request, "cases/austausch/stapel.html", context)


def entscheiden(request: CaseRequest, stapel: int) -> HttpResponse:
    """Record whom rows are about, as chosen or as proposed."""
    row = get_or_404(request, stapel)
    back = f"{reverse('importstapel', args=[row.pk])}?zeilen=aehnlich"

    def act() -> str:
        if request.POST.get("schritt") == "vorschlaege":
            entscheidung.accept_vorschlaege(stapel=row, by=request.user)
        else:
            belassen = entscheidung.decide_zeilen(
                stapel=row,
                wahl=wahl_of(request),
                gesehen=gesehen_of(request),
                angaben=angaben_of(request),
                by=request.user,
            )
            if belassen:
                messages.warning(request, sentence_of_belassene(belassen))
        return back

    return run_step(request, act=act, back=back, done="Die Entscheidungen sind gespeichert.")


def uebernehmen(request: CaseRequest, stapel: int) -> HttpResponse:
    """Take over; small imports are through when the page comes back."""
    row = get_or_404(request, stapel)
    back = reverse("importstapel", args=[row.pk])

    def act() -> str:
        services.start_uebernahme(stapel=row, by=request.user, now=timezone.now())
        go_on(row.pk)
        return back

    return run_step(request, act=act, back=back)


def zuruecknehmen(request: CaseRequest, stapel: int) -> HttpResponse:
    """Take back all cases in which nothing was done since."""
    row = get_or_404(request, stapel)
    back = reverse("importstapel", args=[row.pk])

    def act() -> str:
        services.start_ruecknahme(stapel=row, by=request.user, now=timezone.now())
        go_on(row.pk)
        return back

    return run_step(request, act=act, back=back)


def verwerfen(request: CaseRequest, stapel: int) -> HttpResponse:
    """Drop an import of which nothing was taken over."""
    row = get_or_404(request, stapel)

    def act() -> str:
        services.discard_stapel(stapel=row, by=request.user)
        return reverse("importstapel_liste")

    return run_step(
        request,
        act=act,
        back=reverse("importstapel", args=[row.pk]),
        done="Der Stapel ist verworfen, seine Zeilen sind gelöscht.",
    )


def fehlermappe(request: CaseRequest, stapel: int) -> HttpResponse:
    """Hand out the rows with errors, to be corrected and uploaded again."""
    row = get_or_404(request, stapel)
    zeilen = list(zeilen_of(row, "fehler"))
    show_cases(request, art=Abrufart.AUSFUHR, anzahl=len(zeilen))
    inhalt = error_workbook(
        read_json(row.kopf, []), [(z.nummer, cells_of(z), _fehlertext(z)) for z in zeilen]
    )
    return file_response(inhalt, f"stapel-{row.pk}-fehler.xlsx", MIME[XLSX])


def _arten(zahlen: dict[str, int], row: Importstapel) -> dict[str, int]:
    aehnlich = zeilen_of(row, "aehnlich").count()
    bleibt = zeilen_of(row, "bleibt").count()
    found = {"alle": zahlen["alle"], "fehler": zahlen[Importzeilenstand.FEHLER]}
    found |= {"aehnlich": aehnlich, "bleibt": bleibt}
    return {name: zahl for name, zahl in found.items() if zahl or name == "alle"}


def _stellen(row: Importstapel) -> list[int]:
    """Return where the file says which case and whom a row is about."""
    kopf = [name.casefold() for name in json.loads(row.kopf)]
    namen = [row.profil.zuordnung.get(f, "") for f in ("aktenzeichen", "nachname", "vorname")]
    return [kopf.index(name.casefold()) for name in namen if name.casefold() in kopf]


def _zeile(zeile: Importzeile, stellen: list[int]) -> dict[str, Any]:
    werte = werte_of(zeile)
    wahl = zeile.entscheidung
    if wahl == Importentscheidung.OFFEN:
        wahl = zeile.vorschlag
    treffer = aehnlich_of(zeile)
    nummer = zeile.wie_zeile if wahl == Importentscheidung.ZEILE else zeile.person_id
    if nummer is None and wahl == Importentscheidung.VORHANDEN and treffer:
        nummer = treffer[0]["person"]
    zustand = werte.get("zustand")
    hinweise = hinweise_of(zeile)
    return {
        "hinweise": [
            f"{FELDER[feld].titel}: {text}" if feld in FELDER else text
            for feld, texte in hinweise.items()
            for text in texte
        ],
        "zeile": zeile,
        "werte": werte,
        "zustand": Fallzustand(zustand).label if zustand else "",
        "farbe": _ZEILENFARBEN[Importzeilenstand(zeile.state)],
        "fehler": _messages(zeile),
        "treffer": treffer,
        "gesehen": entscheidung_of(zeile),
        "wahl": entscheidung_text(wahl, nummer),
        "offen": zeile.entscheidung == Importentscheidung.OFFEN,
        "zellen": "" if werte else _shown(zeile, stellen),
    }


def _shown(zeile: Importzeile, stellen: list[int]) -> str:
    zellen = cells_of(zeile)
    return " · ".join(zellen[stelle] for stelle in stellen if zellen[stelle])


def _messages(zeile: Importzeile) -> list[str]:
    return [
        f"{FELDER[feld].titel}: {text}" if feld in FELDER else text
        for feld, texte in fehler_of(zeile).items()
        for text in texte
    ]


def _fehlertext(zeile: Importzeile) -> str:
    return "\n".join(_messages(zeile))


def _remaining(row: Importstapel, zahlen: dict[str, int]) -> int:
    """Return how many rows a running step has not reached yet."""
    match row.state:
        case Stapelzustand.PRUEFUNG:
            return zahlen[Importzeilenstand.OFFEN]
        case Stapelzustand.UEBERNAHME:
            return zahlen[Importzeilenstand.GUELTIG]
        case Stapelzustand.RUECKNAHME:
            return row.zeilen.filter(state=Importzeilenstand.UEBERNOMMEN, bleibt_weil="").count()
    return 0


def _summen(row: Importstapel) -> list[dict[str, Any]]:
    """Return per sum: old records, file, taken over, and whether old and new differ."""
    datei, gut = row.summen.get("datei"), row.summen.get("geprueft")
    neu = dict(row.summen.get("uebernommen") or {})
    if neu:
        # Counted in the cases of today; an amount is only in the rows.
        neu |= real_sums(row)
    found = []
    for name, titel in _SUMMEN:
        soll, ist = row.soll.get(name), (neu or datei or gut or {}).get(name)
        found.append(
            {
                "titel": titel,
                "euro": name == "betrag",
                "soll": soll,
                "datei": datei.get(name) if datei else None,
                "gut": gut.get(name) if gut else None,
                "neu": neu.get(name) if neu else None,
                "anders": soll is not None and ist is not None and Decimal(soll) != Decimal(ist),
            }
        )
    return found


def _zustaende(row: Importstapel) -> list[tuple[str, int, int, int | None]]:
    gut = (row.summen.get("geprueft") or {}).get("zustaende", {})
    datei = (row.summen.get("datei") or {}).get("zustaende", {})
    neu = real_sums(row)["zustaende"] if row.summen.get("uebernommen") else None
    return [
        (
            zustand.label,
            datei.get(zustand.value, 0),
            gut.get(zustand.value, 0),
            neu.get(zustand.value, 0) if neu else None,
        )
        for zustand in Fallzustand
        if zustand.value in datei or (neu and zustand.value in neu)
    ]


def get_or_404(request: CaseRequest, pk: int) -> Importstapel:
    """Return a batch of a team that the user leads; another one does not exist."""
    row = get_stapel(request.user, pk) if pk < 2**63 else None
    if row is None:
        raise Http404
    return row
