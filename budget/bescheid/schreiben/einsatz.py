"""Income, assets, what goes before, and age: what the Bescheid says and what is proposed.

The Beitrag is computed by `recht.beitrag`; without figures there is nothing to propose, and the
release asks for the words of whoever has examined it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from budget.bescheid.queries import alter_am_beginn, alter_mindestens
from budget.bescheid.schreiben.abzug import (
    NORM_EINSATZ,
    Abzug,
    compute_abzug,
    compute_einsatz,
    compute_vermoegensgrenze,
    compute_vermoegensgrenze_pflege,
    geld_fuer_beitrag,
    has_sozialhilfe,
    lebensunterhalt,
)
from budget.models import Bescheid, PersoenlichesBudget
from budget.states.einkommen import Beitragsfreiheit, Partnerangabe
from recht.beitrag import NORM_ABZUG
from recht.entscheidungstext import write_liste
from recht.fehler import RechtFehler
from recht.geld import format_euro
from recht.leistung import Bereich, is_eingliederungshilfe, leistung_of
from recht.rechtsstand import Normfolge, Rechtsstand, gilt_in

_PERSONENKREIS = Normfolge("§ 53 SGB XII", "§ 99 SGB IX", ue="§ 53 SGB XII")
_NEBEN_PFLEGE = Normfolge(
    "§ 13 Abs. 3 S. 3 SGB XI",
    "§ 91 Abs. 3 SGB IX, § 13 Abs. 3 S. 3 SGB XI",
    ue="§ 13 Abs. 3 S. 3 SGB XI",
)
PFLEGEKASSE = "pflegekasse"
_GRUNDSICHERUNG = "sh_grundsicherung"
# Below the first nobody has reached the Altersgrenze of § 41 Abs. 2 SGB XII, from the second all.
_ALTERSGRENZE_AB, _ALTERSGRENZE_BIS = 65, 67


def first_einsatz(budget: PersoenlichesBudget, bescheid: Bescheid | None = None) -> str:
    """Return what follows from the facts about income and assets; empty where they are missing."""
    if leistungen := lebensunterhalt(budget):
        satz = _befreit(budget.rechtsstand, write_liste(leistungen), "als Leistung ")
        if budget.rechtsstand is Rechtsstand.B and has_sozialhilfe(budget):
            return (
                f"{satz} Auch für die Hilfe zur Pflege ist nichts einzusetzen (§ 85 SGB XII, § 90 "
                "SGB XII)."
            )
        return satz
    if bescheid is None:
        return ""
    if budget.rechtsstand is not Rechtsstand.B:
        saetze = [_einsatz(bescheid), _vermoegen_bis_2019(bescheid)]
    elif bescheid.beitragsfrei == Beitragsfreiheit.LEBENSUNTERHALT:
        saetze = [_befreit(Rechtsstand.B, "Leistungen", ""), _einsatz(bescheid)]
    else:
        saetze = [_beitrag(bescheid), _einsatz(bescheid), _vermoegen(bescheid)]
    return " ".join(satz for satz in saetze if satz)


def _befreit(stand: Rechtsstand, leistungen: str, als: str) -> str:
    if stand is Rechtsstand.B:
        return (
            f"Sie erhalten zugleich {leistungen} {als}zum Lebensunterhalt. "
            "Deshalb ist kein Beitrag aus dem Einkommen aufzubringen (beitragsfrei nach § 138 "
            "Abs. 1 Nr. 8 SGB IX) und kein Vermögen einzusetzen (§ 140 Abs. 3 SGB IX)."
        )
    return (
        f"Sie erhalten zugleich {leistungen} {als}zum Lebensunterhalt. Ihr Einkommen "
        "liegt damit unter der Einkommensgrenze (§ 85 SGB XII), Ihr Vermögen übersteigt den "
        "geschonten Betrag nicht (§ 90 SGB XII). Ein Einsatz wird nicht verlangt."
    )


def _einsatz(bescheid: Bescheid) -> str:
    """Return what of the income is asked for benefits of the Sozialhilfe, and why so much."""
    berechnet = compute_einsatz(bescheid)
    einsatz = berechnet.betrag if berechnet else bescheid.einkommenseinsatz
    if einsatz is None:
        return ""
    if berechnet:
        return _berechneter_einsatz(bescheid, einsatz)
    if not einsatz:
        return (
            "Ihr Einkommen liegt unter der Einkommensgrenze; es ist nicht einzusetzen "
            "(§ 85 SGB XII)."
        )
    return (
        f"Aus Ihrem Einkommen über der Einkommensgrenze sind {format_euro(einsatz)} im Monat "
        "einzusetzen (§ 85 SGB XII, § 87 SGB XII). Diesen Betrag ziehen wir von der Auszahlung ab "
        f"({NORM_EINSATZ})."
    )


def _berechneter_einsatz(bescheid: Bescheid, einsatz: Decimal) -> str:
    """Return the sentences of a computed Einsatz; the enclosure has the parts of the limit."""
    monat, wohnen = bescheid.monatseinkommen or 0, bescheid.unterkunft or 0
    satz = (
        f"Ihr Einkommen im Monat beträgt {format_euro(Decimal(monat))} (§ 82 SGB XII), die Kosten "
        f"der Unterkunft {format_euro(Decimal(wohnen))}."
    )
    if not einsatz:
        return f"{satz} Es ist nicht einzusetzen (§ 85 SGB XII)."
    return (
        f"{satz} Von dem, was über der Einkommensgrenze liegt (§ 85 SGB XII), sind "
        f"{bescheid.einsatz_prozent} % einzusetzen, das sind {format_euro(einsatz)} im Monat (§ 87 "
        f"SGB XII). Dieser Anteil ist angemessen: {bescheid.einsatz_grund.strip().rstrip('.')}. "
        f"Diesen Betrag ziehen wir von der Auszahlung ab ({NORM_EINSATZ})."
    )


@gilt_in(Rechtsstand.B)
def _beitrag(bescheid: Bescheid) -> str:
    abzug = compute_abzug(bescheid)
    rechnung = abzug.rechnung
    if rechnung is None:
        return ""
    wessen = "Das Einkommen Ihrer Eltern" if bescheid.minderjaehrige else "Ihr Einkommen"
    satz = (
        f"{wessen} im Jahr {rechnung.jahr - 2} betrug {format_euro(rechnung.einkommen)} "
        f"(§ 135 SGB IX), die Grenze {format_euro(rechnung.grenze)} ({_grenze_norm(bescheid)})."
    )
    if rechnung.einkommen <= rechnung.grenze:
        return f"{satz} Es ist kein Beitrag aufzubringen."
    if not rechnung.beitrag:
        return (
            f"{satz} Der Beitrag wird auf volle 10 Euro abgerundet (§ 137 Abs. 2 SGB IX) und "
            "beträgt deshalb 0,00 €. Es ist kein Beitrag aufzubringen."
        )
    return f"{satz} {_abgezogen(bescheid, abzug, rechnung.beitrag)}"


@gilt_in(Rechtsstand.B)
def _grenze_norm(bescheid: Bescheid) -> str:
    """Return the ground of the limit: with partner, children or minors it is another one."""
    if bescheid.minderjaehrige:
        zahl = bescheid.minderjaehrige
        art = "minderjährige Person" if zahl == 1 else "minderjährige Personen"
        return f"§ 136 Abs. 5 SGB IX, erhöht für {zahl} {art} mit Leistungen"
    fuer = []
    if bescheid.partner == Partnerangabe.UNTER:
        fuer.append("Ihren Partner")
    if bescheid.kinder:
        fuer.append("1 Kind" if bescheid.kinder == 1 else f"{bescheid.kinder} Kinder")
    if not fuer:
        return "§ 136 SGB IX"
    return f"§ 136 SGB IX, erhöht für {' und '.join(fuer)}"


@gilt_in(Rechtsstand.B)
def _abgezogen(bescheid: Bescheid, abzug: Abzug, beitrag: Decimal) -> str:
    wessen = "Der Beitrag Ihrer Eltern" if bescheid.minderjaehrige else "Ihr Beitrag"
    satz = f"{wessen} beträgt {format_euro(beitrag)} im Monat (§ 137 Abs. 2 SGB IX)."
    if bescheid.beitragsfrei == Beitragsfreiheit.ANDERWEITIG:
        return (
            f"{satz} Er wird schon bei einer anderen Leistung abgezogen, hier deshalb nicht noch "
            "einmal (§ 138 Abs. 2 SGB IX)."
        )
    if not abzug.beitrag:
        return (
            f"{satz} Für Ihre Leistungen ist er nicht aufzubringen (§ 138 Abs. 1 SGB IX); es wird "
            "nichts abgezogen."
        )
    if abzug.beitrag < beitrag:
        return (
            f"{satz} Abgezogen werden {format_euro(abzug.beitrag)}, denn nur in dieser Höhe "
            "erhalten Sie Leistungen, für die ein Beitrag aufzubringen ist (§ 138 Abs. 1 SGB IX)."
        )
    return f"{satz} Wir ziehen ihn von der Auszahlung ab ({NORM_ABZUG})."


@gilt_in(Rechtsstand.B)
def _vermoegen(bescheid: Bescheid) -> str:
    if bescheid.vermoegen is None:
        return ""
    try:
        grenze = compute_vermoegensgrenze(bescheid).betrag
    except RechtFehler:
        return ""
    vermoegen = f"Ihr Vermögen beträgt {format_euro(bescheid.vermoegen)}"
    frei = f"frei bleiben {format_euro(grenze)} (§ 139 SGB IX)"
    if not geld_fuer_beitrag(bescheid.persoenliches_budget):
        return f"{vermoegen}. {_vermoegen_pflege(bescheid)}".strip()
    if bescheid.vermoegen <= grenze:
        satz = f"{vermoegen}, {frei}. Es ist nicht einzusetzen."
    else:
        satz = (
            f"{vermoegen}, {frei}. Einzusetzen sind {format_euro(bescheid.vermoegen - grenze)}, "
            f"bevor wir Leistungen zahlen (§ 140 Abs. 1 SGB IX). {_wie_verbraucht(bescheid)}"
        )
    return f"{satz.strip()} {_vermoegen_pflege(bescheid)}".strip()


def _vermoegen_pflege(bescheid: Bescheid) -> str:
    """Return what of the assets is asked for Hilfe zur Pflege; its limit is another one."""
    if not has_sozialhilfe(bescheid.persoenliches_budget) or bescheid.vermoegen is None:
        return ""
    try:
        grenze = compute_vermoegensgrenze_pflege(bescheid)
    except RechtFehler:
        return ""
    normen = ", ".join(dict.fromkeys(schritt.norm for schritt in grenze.rechenweg[:-1]))
    satz = f"Für die Hilfe zur Pflege bleiben {format_euro(grenze.betrag)} frei ({normen})."
    ueber = bescheid.vermoegen - grenze.betrag
    if ueber <= 0:
        return f"{satz} Auch dafür ist nichts einzusetzen."
    if geld_fuer_beitrag(bescheid.persoenliches_budget):
        return f"{satz} Dafür sind {format_euro(ueber)} einzusetzen (§ 90 SGB XII)."
    return (
        f"{satz} Einzusetzen sind {format_euro(ueber)} (§ 90 SGB XII). {_wie_verbraucht(bescheid)}"
    )


def _wie_verbraucht(bescheid: Bescheid) -> str:
    """Return until when the assets pay and how much of the last month."""
    abzug = compute_abzug(bescheid)
    if not abzug.verbrauch:
        return "Für die Leistungen dieses Bescheids ist es nicht einzusetzen."
    monate = list(abzug.verbrauch)
    betraege = f"zusammen {format_euro(abzug.vermoegen)}"
    if len(monate) == 1:
        return f"Deshalb zahlen wir für {_monat(monate[0])} {betraege} weniger."
    return (
        f"Deshalb zahlen wir für {_monat(monate[0])} bis {_monat(monate[-1])} weniger, {betraege}; "
        f"im letzten dieser Monate {format_euro(abzug.verbrauch[monate[-1]])}."
    )


def _monat(tag: date) -> str:
    return str(date_format(tag, "F Y"))


@gilt_in(Rechtsstand.A, Rechtsstand.UE)
def _vermoegen_bis_2019(bescheid: Bescheid) -> str:
    """Return what of the assets is asked; the limit rises with partner and maintained persons."""
    if bescheid.vermoegen is None or not bescheid.partner:
        return ""
    try:
        grenze = compute_vermoegensgrenze(bescheid)
    except RechtFehler:
        return ""
    normen = ", ".join(dict.fromkeys(schritt.norm for schritt in grenze.rechenweg[:-1]))
    satz = (
        f"Ihr Vermögen beträgt {format_euro(bescheid.vermoegen)}, frei bleiben "
        f"{format_euro(grenze.betrag)} ({normen})."
    )
    if bescheid.vermoegen <= grenze.betrag:
        return f"{satz} Es ist nicht einzusetzen."
    ueber = bescheid.vermoegen - grenze.betrag
    return (
        f"{satz} Einzusetzen sind {format_euro(ueber)} (§ 90 SGB XII). {_wie_verbraucht(bescheid)}"
    )


def nachrang_saetze(budget: PersoenlichesBudget) -> list[str]:
    """Return what others give, what of it goes before, and that nothing else is known (Nachrang).

    Eingliederungshilfe does not come after the Pflegeversicherung (§ 13 Abs. 3 S. 3 SGB XI), Hilfe
    zur Pflege does.
    """
    norm = "§ 91 SGB IX" if budget.rechtsstand is Rechtsstand.B else "§ 2 SGB XII"
    fremde = [r for r in budget.gesamtplan.leistungen.all() if not r.leistungstraeger.eigener]
    if not fremde:
        return [
            "Leistungen anderer Träger, die vorgehen, sind nach dem Gesamtplan nicht vorhanden "
            f"({norm})."
        ]
    andere = sorted(f"{row.bezeichnung} ({row.leistungstraeger.name})" for row in fremde)
    pflege = {row.leistungstraeger.art == PFLEGEKASSE for row in fremde}
    saetze = [f"Leistungen anderer Träger sind berücksichtigt: {'; '.join(andere)}."]
    if False in pflege:
        saetze.append(f"Unsere Leistungen decken, was darüber hinaus nötig ist ({norm}).")
    if True in pflege:
        saetze += _neben_der_pflegekasse(budget)
    return [" ".join(saetze)]


def _neben_der_pflegekasse(budget: PersoenlichesBudget) -> list[str]:
    """Return how our Leistungen stand to those of the Pflegekasse, by their kind."""
    bereiche = {_bereich(t.katalogschluessel) for t in budget.teilbudgets.all()}
    saetze = []
    if Bereich.EINGLIEDERUNGSHILFE in bereiche:
        saetze.append(
            "Die Eingliederungshilfe steht neben den Leistungen der Pflegekasse und ist ihnen "
            f"gegenüber nicht nachrangig ({_NEBEN_PFLEGE.am(budget.beginn)})."
        )
    if Bereich.HILFE_ZUR_PFLEGE in bereiche:
        saetze.append(
            "Die Hilfe zur Pflege deckt, was die Leistungen der Pflegekasse nicht decken (§ 2 Abs. "
            "1 SGB XII)."
        )
    return saetze


def _bereich(schluessel: str) -> Bereich | None:
    eintrag = leistung_of(schluessel)
    return eintrag.bereich if eintrag else None


def alter_satz(budget: PersoenlichesBudget) -> str:
    """Return the age on the first day and what it means for a benefit that asks for it.

    Of a birthday that is known in part only what is certain is said.
    """
    tag, alter, mindestens = budget.beginn, alter_am_beginn(budget), alter_mindestens(budget)
    satz = (
        f"Am {date_format(tag, 'j. F Y')}, dem Beginn der Leistungen, sind Sie {alter} Jahre alt."
        if alter == mindestens
        else f"Am {date_format(tag, 'j. F Y')}, dem Beginn der Leistungen, sind Sie {mindestens} "
        f"oder {alter} Jahre alt; Ihr Geburtstag ist nicht genau bekannt."
    )
    grundsicherung = any(t.katalogschluessel == _GRUNDSICHERUNG for t in budget.teilbudgets.all())
    if not grundsicherung:
        if any(is_eingliederungshilfe(t.katalogschluessel) for t in budget.teilbudgets.all()):
            return (
                f"{satz} Eine Altersgrenze gibt es für die Leistungen der Eingliederungshilfe "
                f"nicht ({_PERSONENKREIS.am(tag)})."
            )
        return satz
    if alter < _ALTERSGRENZE_AB:
        return (
            f"{satz} Die Altersgrenze der Grundsicherung haben Sie noch nicht erreicht; Sie "
            "erhalten die Grundsicherung also nicht wegen des Alters (§ 41 Abs. 1 SGB XII)."
        )
    if mindestens >= _ALTERSGRENZE_BIS:
        return f"{satz} Die Altersgrenze der Grundsicherung haben Sie erreicht (§ 41 SGB XII)."
    return satz
