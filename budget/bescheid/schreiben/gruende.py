"""The individual grounds of a Bescheid, taken from Bedarf and Gesamtplan (§ 35 Abs. 1 SGB X).

Words of the plan are quoted: it speaks of the person, the Bescheid to her.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from budget.bescheid.schreiben.wunsch import wunsch_daten
from budget.models import Bescheid, PersoenlichesBudget, Teilbudget
from budget.states import Auszahlungsform, Bemessungsart
from budget.zielvereinbarung.schreiben import absaetze
from gesamtplan.models import Bedarf, Lebensbereich, Teilhabeziel
from gesamtplan.models.zielbezug import ziele_of
from gesamtplan.states import Leistungsform
from recht.entscheidung import DURCH_UNS, Entscheidungsrolle
from recht.entscheidungstext import write_liste
from recht.geld import format_schlicht
from recht.rechtsstand import Rechtsstand

_ERMESSEN = {
    Rechtsstand.A: "§ 17 Abs. 2 SGB XII",
    Rechtsstand.UE: "§ 17 Abs. 2 SGB XII",
    Rechtsstand.B: "§ 107 Abs. 2 SGB IX",
}
_SOZIALHILFE = "§ 17 Abs. 2 SGB XII"
# From what the amount follows.
_MASS = {
    Bemessungsart.PAUSCHALE: "nach dem Richtwert bemessen",
    Bemessungsart.STUNDEN: "nach Stunden berechnet",
    Bemessungsart.INDIVIDUELL: "nach Ihrem Einzelfall bemessen",
    Bemessungsart.GUTSCHEIN: "als Gutschein bemessen",
    Bemessungsart.SATZ: "nach dem gesetzlichen Betrag bemessen",
}
_SACHKOSTEN = {True: "nach Stunden und Sachkosten berechnet", False: "nach Sachkosten berechnet"}
_WUNSCH = {
    Rechtsstand.A: "§ 9 Abs. 2 SGB XII, § 9 Abs. 1 SGB IX",
    Rechtsstand.UE: "§ 9 Abs. 2 SGB XII, § 8 Abs. 1 SGB IX",
    Rechtsstand.B: "§ 104 Abs. 2 SGB IX, § 8 Abs. 1 SGB IX",
}
# Contents of the plan that say what others do.
_INHALT_UMFELD = ("leistungen_ressourcen", "ist_situation")


def gruende_of(bescheid: Bescheid) -> dict[str, Any]:
    """Return why each Leistung is granted, what was weighed, and what the plan says to it."""
    budget = bescheid.persoenliches_budget
    stand = budget.rechtsstand
    bedarfe = {b.lebensbereich: b for b in budget.gesamtplan.bedarfsermittlung.bedarfe.all()}
    inhalte = {i.schluessel: i.text for i in budget.gesamtplan.planinhalte.all()}
    alle = budget.gesamtplan.teilhabeziele.all()
    ziele = {t.pk: ziele_of(t.leistung, alle) for t in budget.teilbudgets.all()}
    return {
        "leistungen": [
            _leistung(t, ziele[t.pk], bedarfe)
            for t in budget.teilbudgets.all()
            if not t.ergaenzend and Entscheidungsrolle(t.entscheidung) in DURCH_UNS
        ],
        "ermessen": [
            _ermessen(t, ziele[t.pk], bedarfe, stand)
            for t in budget.teilbudgets.all()
            # What a law owes to the euro, as Grundsicherung, leaves nothing to weigh.
            if t.leistungstraeger.eigener
            and not t.ergaenzend
            and Entscheidungsrolle(t.entscheidung) in DURCH_UNS
        ],
        "wuensche": [z | {"wunsch": quoted(z["wunsch"])} for z in wunsch_daten(bescheid)],
        "umfeld": _zitate(inhalte.get(name, "") for name in _INHALT_UMFELD),
        "nicht_gefolgt": absaetze(bescheid.nicht_gefolgte_wuensche),
        "norm_wunsch": _norm_wunsch(budget),
        "plan": _plan(budget),
    }


def _leistung(
    teilbudget: Teilbudget, ziele: Sequence[Teilhabeziel], bedarfe: Mapping[str, Bedarf]
) -> dict[str, Any]:
    leistung = teilbudget.leistung
    vom = teilbudget.stellungnahme_vom
    return {
        "bezeichnung": leistung.bezeichnung,
        "traeger": "" if teilbudget.leistungstraeger.eigener else teilbudget.leistungstraeger.name,
        "stellungnahme_vom": vom.isoformat() if vom else "",
        "selbst": bool(teilbudget.selbst_festgestellt_am),
        "umfang": quoted(leistung.umfang),
        "anlass": [
            _anlass(bereich, bedarfe.get(bereich))
            for bereich in dict.fromkeys(ziel.lebensbereich for ziel in ziele)
        ],
        "ziele": [
            {"text": quoted(ziel.text), "kriterium": quoted(ziel.kriterium)} for ziel in ziele
        ],
        "zielworte": write_liste(f"„{quoted(ziel.text)}“" for ziel in ziele),
    }


def _anlass(lebensbereich: str, bedarf: Bedarf | None) -> dict[str, str]:
    """Return what was found in one Lebensbereich that a Leistung is for."""
    return {
        "lebensbereich": str(Lebensbereich(lebensbereich).label),
        "einschraenkung": quoted(bedarf.beeintraechtigung) if bedarf else "",
        "bedarf": quoted(bedarf.bedarf) if bedarf else "",
        "ressourcen": quoted(bedarf.ressourcen) if bedarf else "",
    }


def _bemessung(teilbudget: Teilbudget) -> str:
    """Return from what the amount follows; of hours and Sachkosten only what is there."""
    arten = {position["art"] for position in teilbudget.positionen}
    if teilbudget.bemessungsart == Bemessungsart.STUNDEN and arten - {"stunden"}:
        return _SACHKOSTEN[bool(arten & {"stunden"})]
    return _MASS[Bemessungsart(teilbudget.bemessungsart)]


def _is_sozialhilfe(teilbudget: Teilbudget) -> bool:
    """Whether the authority decides as Träger der Sozialhilfe, whose law is SGB XII."""
    return Entscheidungsrolle(teilbudget.entscheidung) is Entscheidungsrolle.SOZIALHILFE


def _norm_wunsch(budget: PersoenlichesBudget) -> str:
    """Return on what a wish rests; what the Sozialhilfe gives has a norm of its own."""
    norm = _WUNSCH[budget.rechtsstand]
    weitere = any(_is_sozialhilfe(t) and not t.ergaenzend for t in budget.teilbudgets.all())
    if budget.rechtsstand is Rechtsstand.B and weitere:
        return f"{norm}, § 9 Abs. 2 SGB XII"
    return norm


def _ermessen(
    teilbudget: Teilbudget,
    ziele: Sequence[Teilhabeziel],
    bedarfe: Mapping[str, Bedarf],
    stand: Rechtsstand,
) -> dict[str, Any]:
    """Return what was weighed for kind and extent of one Leistung (§ 35 Abs. 1 SGB X)."""
    leistung = teilbudget.leistung
    bereiche = dict.fromkeys(ziel.lebensbereich for ziel in ziele)
    gefunden = [bedarfe[bereich] for bereich in bereiche if bereich in bedarfe]
    return {
        "bezeichnung": leistung.bezeichnung,
        "norm": _SOZIALHILFE if _is_sozialhilfe(teilbudget) else _ERMESSEN[stand],
        "umfang": quoted(leistung.umfang),
        "gutschein": teilbudget.auszahlungsform == Auszahlungsform.GUTSCHEIN,
        "betrag": format_schlicht(teilbudget.betrag),
        "bemessung": _bemessung(teilbudget),
        "grund": teilbudget.abweichung_grund.strip().rstrip("."),
        "dafuer": _zitate(bedarf.bedarf for bedarf in gefunden),
        "dagegen": _zitate(bedarf.ressourcen for bedarf in gefunden),
    }


def _plan(budget: PersoenlichesBudget) -> dict[str, Any]:
    """Return which Leistungen of the plan are granted here and which not (§ 19 Abs. 4 SGB IX)."""
    bewilligt = {t.leistung_id for t in budget.teilbudgets.all()}
    vorgesehen = [
        row
        for row in budget.gesamtplan.leistungen.all()
        if row.leistungsform == Leistungsform.PERSOENLICHES_BUDGET or row.ergaenzend
    ]
    return {
        "vorgesehen": len(vorgesehen),
        "nicht": [row.bezeichnung for row in vorgesehen if row.pk not in bewilligt],
        "anders": [
            f"{row.bezeichnung} ({row.get_leistungsform_display()}, {row.leistungstraeger.name})"
            for row in budget.gesamtplan.leistungen.all()
            if row not in vorgesehen
        ],
    }


def _zitate(texte: Any) -> list[str]:
    return [quoted(text) for text in texte if text.strip()]


def quoted(text: str) -> str:
    """Return words of the plan as a quotation takes them: one line, inner marks turned."""
    return " ".join(text.split()).replace("„", "‚").replace("“", "‘")
