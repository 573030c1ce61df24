"""Who has to decide about an Antrag: §§ 14, 15 SGB IX, § 98 SGB IX and § 98 SGB XII as one rule.

The result is a proposal with its reasons. It never decides: what the office does with it is a
step of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from recht.aufenthalt import oertliche_schritte
from recht.aufenthaltsfragen import norm_ungeklaert
from recht.eingabe import write_datum, write_tag
from recht.feiertag import naechster_werktag, sitzvorbehalt
from recht.fristkennung import Regel
from recht.kataloge import leistungsgruppen
from recht.rechenweg import Schritt
from recht.rechtsstand import Rechtsstand, norm_im, rechtsstand_am
from recht.zustaendigkeitsfragen import (
    UNGEKLAERT,
    Angaben,
    Frage,
    bereinigt,
    eigener_traeger,
    fragen,
    fremde_gruppen,
    fristende,
    is_offen,
    ort,
    sachlich_unzustaendig,
    traeger_fuer,
)


class Vorschlag(StrEnum):
    """What the office is proposed to do."""

    OFFEN = "offen"
    LEISTENDER_TRAEGER = "leistender_traeger"
    WEITERLEITEN = "weiterleiten"
    ABGABE = "abgabe"
    TEILWEISE = "teilweise"
    TURBOKLAERUNG = "turboklaerung"
    VORLAEUFIG = "vorlaeufig"
    KLAEREN = "klaeren"


@dataclass(slots=True)
class Ergebnis:
    """A proposal with its reasons; days that do not matter are None."""

    rechtsstand: Rechtsstand
    vorschlag: Vorschlag = Vorschlag.OFFEN
    schritte: list[Schritt] = field(default_factory=list)
    fehlend: tuple[Frage, ...] = ()
    kraft_gesetzes: bool = False
    feststellen_bis: date | None = None
    weiterleiten_bis: date | None = None
    klaeren_bis: date | None = None
    teil: tuple[str, ...] = ()
    beteiligt: tuple[str, ...] = ()
    vorlaeufig_wegen: str = ""

    def sage(self, text: str, norm: str = "") -> None:
        """Add one reason."""
        self.schritte.append(Schritt(text, norm))

    def sage_vorbehalt(self, tag: date, land: str) -> None:
        """Add what hangs on a local holiday of which the seat of the authority is not known."""
        if (text := sitzvorbehalt(tag, land)) and all(s.text != text for s in self.schritte):
            self.sage(text, "§ 26 Abs. 3 S. 1 SGB X")

    def schlage_vor(self, vorschlag: Vorschlag, text: str, norm: str) -> None:
        """Set the proposal with its last reason."""
        self.vorschlag = vorschlag
        self.sage(text, norm)


def weiterleiten_bis(feststellen_bis: date, land: str) -> date:
    """§ 14 Abs. 1 S. 2 SGB IX: the last day on which a forwarding is still "unverzüglich".

    That is the working day after the end of the check (BSG 03.11.2011 - B 3 KR 8/11 R).
    """
    return naechster_werktag(feststellen_bis + timedelta(days=1), land)


def check_zustaendigkeit(angaben: Angaben, *, eingang: date, stichtag: date, land: str) -> Ergebnis:
    """Return what is proposed on the ``stichtag`` for an Antrag received on ``eingang``.

    Raises RechtFehler for a day without known law.
    """
    angaben = bereinigt(angaben, eingang, land)
    ergebnis = Ergebnis(rechtsstand_am(eingang))
    _antrag(ergebnis, angaben, eingang, land)
    ergebnis.fehlend = tuple(f for f in fragen(angaben, eingang, land) if is_offen(f, angaben))
    if angaben.herkunft == "dritter":
        ergebnis.schlage_vor(
            Vorschlag.LEISTENDER_TRAEGER,
            "Der Antrag wurde im Einvernehmen mit uns an uns weitergeleitet. Wir sind leistender "
            "Träger; eine weitere Weiterleitung gibt es nicht.",
            norm_im(ergebnis.rechtsstand, "§ 14 Abs. 2 S. 5 SGB IX a.F.", "§ 14 Abs. 3 SGB IX"),
        )
        return ergebnis
    _sachlich(ergebnis, angaben, eingang)
    if not sachlich_unzustaendig(angaben, eingang):
        ergebnis.schritte += oertliche_schritte(angaben, eingang, land)
    if not ergebnis.fehlend:
        _entscheide(ergebnis, angaben, eingang, stichtag, land)
    return ergebnis


def _antrag(ergebnis: Ergebnis, angaben: Angaben, eingang: date, land: str) -> None:
    if angaben.herkunft in {"erster", "kenntnis"}:
        ergebnis.feststellen_bis = fristende(Regel.ZUSTAENDIGKEITSPRUEFUNG, eingang, land)
        ergebnis.weiterleiten_bis = weiterleiten_bis(ergebnis.feststellen_bis, land)
        norm = norm_im(
            ergebnis.rechtsstand, "§ 14 Abs. 1 S. 1 SGB IX a.F.", "§ 14 Abs. 1 S. 1 SGB IX"
        )
        ergebnis.sage(
            f"Eingang am {write_datum(eingang)}: Die Zuständigkeit ist bis "
            f"{write_tag(ergebnis.feststellen_bis)} zu prüfen.",
            norm,
        )
        ergebnis.sage(
            "Unverzüglich weitergeleitet ist der Antrag spätestens am "
            f"{write_tag(ergebnis.weiterleiten_bis)}.",
            "BSG 03.11.2011 - B 3 KR 8/11 R",
        )
        ergebnis.sage_vorbehalt(ergebnis.feststellen_bis, land)
        ergebnis.sage_vorbehalt(ergebnis.feststellen_bis + timedelta(days=1), land)
    if angaben.herkunft == "kenntnis":
        ergebnis.sage(
            "Sozialhilfe setzt ein, sobald ihre Voraussetzungen bekannt sind; ein Antrag ist nicht "
            "nötig. An die Stelle des Eingangs tritt der Tag der Kenntnis.",
            "§ 18 Abs. 1 SGB XII",
        )
    if angaben.herkunft == "zweiter":
        ergebnis.sage(
            f"Der Antrag wurde an uns weitergeleitet und ging hier am {write_datum(eingang)} "
            "ein. Wir prüfen nicht mehr, ob wir ihn zurückgeben; unsere Fristen laufen ab dem "
            "Eingang hier.",
            norm_im(
                ergebnis.rechtsstand, "§ 14 Abs. 2 S. 3 SGB IX a.F.", "§ 14 Abs. 2 S. 4 SGB IX"
            ),
        )


def _sachlich(ergebnis: Ergebnis, angaben: Angaben, eingang: date) -> None:
    namen = {g.schluessel: g.bezeichnung for g in leistungsgruppen(eingang)}
    fremd = fremde_gruppen(angaben, eingang)
    eigene = [g for g in angaben.gruppen if g not in fremd]
    eigener = eigener_traeger(eingang)
    if eigene:
        ergebnis.sage(
            f"Als {eigener.bezeichnung} können wir Rehabilitationsträger sein für: "
            f"{_liste(namen, eigene)}.",
            eigener.norm,
        )
    for gruppe in fremd:
        andere = ", ".join(t.bezeichnung for t in traeger_fuer(gruppe, eingang))
        ergebnis.sage(
            f"„{namen[gruppe]}“ kann nicht unsere Leistung sein. In Betracht kommen: {andere}.",
            eigener.norm,
        )
    if angaben.vorrang == "alles":
        ergebnis.sage(
            "Nach seinem Leistungsgesetz muss ein anderer Träger leisten; wir sind nachrangig.",
            "§ 91 Abs. 1 SGB IX" if ergebnis.rechtsstand is Rechtsstand.B else "§ 2 Abs. 1 SGB XII",
        )
        return
    ergebnis.teil = fremd if eigene else ()
    beteiligt = tuple(g for g in angaben.vorrang_gruppen if g not in fremd)
    if beteiligt:
        ergebnis.beteiligt = beteiligt
        ergebnis.sage(
            f"Für {_liste(namen, beteiligt)} wird ein weiterer Träger beteiligt: Er stellt den "
            "Bedarf nach seinem Leistungsgesetz fest.",
            norm_im(ergebnis.rechtsstand, "§ 10 Abs. 1 SGB IX a.F.", "§ 15 Abs. 2 S. 1 SGB IX"),
        )


def _liste(namen: dict[str, str], gruppen: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"„{namen[g]}“" for g in gruppen)


def _entscheide(
    ergebnis: Ergebnis, angaben: Angaben, eingang: date, stichtag: date, land: str
) -> None:
    sachlich = sachlich_unzustaendig(angaben, eingang)
    wo = "" if sachlich else ort(angaben, eingang, land)
    if wo in UNGEKLAERT:
        wo = _ungeklaert(ergebnis, angaben, eingang, stichtag, land)
        if not wo:
            return
    if sachlich or wo == "anderswo":
        _nicht_zustaendig(ergebnis, angaben, sachlich, stichtag)
    elif angaben.eilfall == "ja":
        ergebnis.vorlaeufig_wegen = "eilfall"
        ergebnis.schlage_vor(
            Vorschlag.VORLAEUFIG,
            "Wir sind zuständig und leisten im Eilfall sofort vorläufig; der Umfang steht in "
            "unserem Ermessen. Das Verfahren wird nachgeholt.",
            _norm_eilfall(ergebnis.rechtsstand, angaben.wohnform),
        )
    elif ergebnis.teil:
        ergebnis.schlage_vor(
            Vorschlag.TEILWEISE,
            "Wir sind leistender Träger. Den Teil, für den wir nicht Rehabilitationsträger sein "
            "können, leiten wir unverzüglich weiter; über den Rest entscheiden wir.",
            norm_im(ergebnis.rechtsstand, "§ 14 Abs. 6 SGB IX a.F.", "§ 15 Abs. 1 S. 1 SGB IX"),
        )
    else:
        _leistender(ergebnis, "Wir sind zuständig und damit leistender Träger.")


def _norm_eilfall(stand: Rechtsstand, wohnform: str) -> str:
    """Where it says that an urgent need is met at once.

    § 98 Abs. 2 S. 3 SGB XII is about stationäre Leistungen only; § 24 S. 3 SGB IX takes § 43 SGB I
    out for Leistungen zur Teilhabe since 2018.
    """
    if stand is Rechtsstand.B:
        return "§ 120 Abs. 4 SGB IX"
    if wohnform == "tag_und_nacht":
        return "§ 98 Abs. 2 S. 3 SGB XII"
    ort_norm = "§ 98 Abs. 5 S. 1 SGB XII" if wohnform == "abw" else "§ 98 Abs. 1 S. 1 SGB XII"
    sofort = "§ 43 Abs. 1 SGB I" if stand is Rechtsstand.A else "§ 24 S. 1 SGB IX"
    return f"{ort_norm}, {sofort}"


def _leistender(ergebnis: Ergebnis, text: str) -> None:
    ergebnis.schlage_vor(
        Vorschlag.LEISTENDER_TRAEGER,
        text,
        norm_im(ergebnis.rechtsstand, "§ 14 Abs. 2 S. 1 SGB IX a.F.", "§ 14 Abs. 2 S. 1 SGB IX"),
    )


def _ungeklaert(
    ergebnis: Ergebnis, angaben: Angaben, eingang: date, stichtag: date, land: str
) -> str:
    """The rule of four weeks; returns `anderswo` when somebody else has to step in."""
    eilfall = angaben.eilfall == "ja"
    norm = norm_ungeklaert(angaben.aufenthalt, ergebnis.rechtsstand)
    if eilfall:
        norm = _norm_eilfall(ergebnis.rechtsstand, angaben.wohnform)
    ergebnis.klaeren_bis = fristende(Regel.AUFENTHALT_UNGEKLAERT, eingang, land)
    ergebnis.sage_vorbehalt(ergebnis.klaeren_bis, land)
    abgelaufen = stichtag > ergebnis.klaeren_bis
    if eilfall or angaben.aufenthalt == "keiner" or abgelaufen:
        if angaben.tatsaechlich == "anderswo":
            ergebnis.sage("Vorläufig leistet der Träger am tatsächlichen Aufenthalt.", norm)
            return "anderswo"
        ergebnis.vorlaeufig_wegen = "eilfall" if eilfall else "aufenthalt"
        ergebnis.schlage_vor(
            Vorschlag.VORLAEUFIG,
            "Die Person hält sich bei uns auf: Wir entscheiden unverzüglich und leisten "
            "vorläufig. Steht der gewöhnliche Aufenthalt fest, erstattet der zuständige Träger "
            "die Kosten.",
            norm,
        )
        return ""
    bis = write_tag(ergebnis.klaeren_bis)
    ergebnis.sage(f"Der gewöhnliche Aufenthalt ist bis {bis} zu klären.", norm)
    if angaben.herkunft == "zweiter" or _versaeumt(ergebnis, stichtag):
        _gebunden(ergebnis, angaben)
    else:
        ergebnis.schlage_vor(
            Vorschlag.KLAEREN,
            "Klären Sie den Aufenthalt, bevor die Prüfung der Zuständigkeit endet: Danach sind wir "
            "leistender Träger, wo immer die Person gewöhnlich lebt.",
            norm_im(
                ergebnis.rechtsstand, "§ 14 Abs. 2 S. 1 SGB IX a.F.", "§ 14 Abs. 2 S. 1 SGB IX"
            ),
        )
    return ""


def _versaeumt(ergebnis: Ergebnis, stichtag: date) -> bool:
    return ergebnis.weiterleiten_bis is not None and stichtag > ergebnis.weiterleiten_bis


def _gebunden(ergebnis: Ergebnis, angaben: Angaben) -> None:
    ergebnis.kraft_gesetzes = True
    if angaben.herkunft == "zweiter":
        text = (
            "Der weitergeleitete Antrag bindet uns: Wir sind leistender Träger und entscheiden "
            "nach dem Recht aller Rehabilitationsträger."
        )
    else:
        text = (
            "Die Frist zur Prüfung ist abgelaufen, der Antrag wurde nicht weitergeleitet: Wir sind "
            "kraft Gesetzes leistender Träger und wenden das Recht aller Rehabilitationsträger an."
        )
    _leistender(ergebnis, text)
    if angaben.herkunft != "zweiter":
        ergebnis.sage(
            "Vom eigentlich zuständigen Träger gibt es grundsätzlich keine Erstattung nach "
            "§ 105 SGB X.",
            norm_im(
                ergebnis.rechtsstand, "§ 14 Abs. 4 S. 3 SGB IX a.F.", "§ 16 Abs. 4 S. 1 SGB IX"
            ),
        )
    if angaben.herkunft == "zweiter" and ergebnis.rechtsstand is not Rechtsstand.A:
        ergebnis.sage(
            "Ist ein anderer Träger insgesamt zuständig, erstattet er die Aufwendungen und 5 "
            "Prozent Verwaltungskosten.",
            "§ 16 Abs. 1 SGB IX, § 16 Abs. 3 S. 1 SGB IX",
        )


def _nicht_zustaendig(ergebnis: Ergebnis, angaben: Angaben, sachlich: bool, stichtag: date) -> None:
    if angaben.herkunft == "zweiter":
        if angaben.einvernehmen == "ja":
            ergebnis.schlage_vor(
                Vorschlag.TURBOKLAERUNG,
                "Wir sind insgesamt nicht zuständig, und der zuständige Träger ist einverstanden: "
                "Der Antrag geht an ihn. Er entscheidet in den schon laufenden Fristen.",
                norm_im(ergebnis.rechtsstand, "§ 14 Abs. 2 S. 5 SGB IX a.F.", "§ 14 Abs. 3 SGB IX"),
            )
        else:
            _gebunden(ergebnis, angaben)
        return
    if _versaeumt(ergebnis, stichtag):
        _gebunden(ergebnis, angaben)
        return
    norm = norm_im(ergebnis.rechtsstand, "§ 14 Abs. 1 S. 2 SGB IX a.F.", "§ 14 Abs. 1 S. 2 SGB IX")
    if sachlich:
        ergebnis.schlage_vor(
            Vorschlag.WEITERLEITEN,
            "Wir sind für das Beantragte insgesamt nicht zuständig und leiten den Antrag "
            "unverzüglich dem zuständigen Träger zu.",
            norm,
        )
    else:
        ergebnis.schlage_vor(
            Vorschlag.ABGABE,
            "Wir sind örtlich nicht zuständig und leiten den Antrag unverzüglich dem örtlich "
            "zuständigen Träger zu.",
            norm,
        )
    if angaben.eilfall == "ja":
        ergebnis.sage(
            "Eilfall: Rufen Sie den anderen Träger an und leiten Sie noch heute weiter.", norm
        )
