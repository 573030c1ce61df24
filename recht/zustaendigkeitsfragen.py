"""The questions by which the Zuständigkeit is found, each with explanation and citation.

Which question stands on the page depends on the law of the Antrag and on the answers so far; a
question that no longer matters is not asked. §§ 14-16 SGB IX hold in their present wording since
2018, the local rule of § 98 SGB IX since 2020 (before: § 98 SGB XII).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from recht.fristen import compute_frist
from recht.fristkennung import Regel
from recht.kataloge import Eintrag, leistungsgruppen, leistungstraeger
from recht.rechtsstand import Rechtsstand, rechtsstand_am

# The authority as a carrier in the catalogue of its law.
EIGENER_TRAEGER = {
    Rechtsstand.A: "a_sozialhilfe",
    Rechtsstand.UE: "ue_sozialhilfe",
    Rechtsstand.B: "b_eingliederungshilfe",
}
JA_NEIN = (("ja", "ja"), ("nein", "nein"))
UNGEKLAERT = ("ungeklaert", "keiner")


@dataclass(frozen=True, slots=True)
class Angaben:
    """The answers; an empty one has not been given yet."""

    herkunft: str = ""
    eilfall: str = ""
    gruppen: tuple[str, ...] = ()
    vorrang: str = ""
    vorrang_gruppen: tuple[str, ...] = ()
    wohnform: str = ""
    bezug: str = ""
    bezug_traeger: str = ""
    bezug_bis: date | None = None
    bezug_unterbrochen: str = ""
    aufnahme_am: date | None = None
    aufenthalt: str = ""
    tatsaechlich: str = ""
    einvernehmen: str = ""


@dataclass(frozen=True, slots=True)
class Frage:
    """One question. ``art`` is ``wahl``, ``mehrfach`` or ``datum``."""

    schluessel: str
    abschnitt: str
    text: str
    erklaerung: str
    norm: str
    antworten: tuple[tuple[str, str], ...] = ()
    art: str = "wahl"


def fristende(regel: str, ausloeser: date, land: str, stand: Rechtsstand | None = None) -> date:
    """The last day of a Frist that has a length."""
    return compute_frist(regel, ausloeser, land, rechtsstand=stand).ende or ausloeser


def eigener_traeger(eingang: date) -> Eintrag:
    """The authority in the catalogue of the carriers on the day of the Antrag."""
    schluessel = EIGENER_TRAEGER[rechtsstand_am(eingang)]
    return next(e for e in leistungstraeger(eingang) if e.schluessel == schluessel)


def fremde_gruppen(angaben: Angaben, eingang: date) -> tuple[str, ...]:
    """Groups for which the authority cannot be Rehabilitationsträger (§ 6 Abs. 1 SGB IX)."""
    eigene = eigener_traeger(eingang).verweise
    return tuple(gruppe for gruppe in angaben.gruppen if gruppe not in eigene)


def traeger_fuer(gruppe: str, eingang: date) -> tuple[Eintrag, ...]:
    """Who can be Rehabilitationsträger for a Leistungsgruppe under the law of the Antrag."""
    return tuple(e for e in leistungstraeger(eingang) if gruppe in e.verweise)


def sachlich_unzustaendig(angaben: Angaben, eingang: date) -> bool:
    """Whether the authority has nothing to render of what is applied for."""
    alle_fremd = bool(angaben.gruppen) and fremde_gruppen(angaben, eingang) == angaben.gruppen
    return alle_fremd or angaben.vorrang == "alles"


def frueherer_bezug_zaehlt(angaben: Angaben, eingang: date, land: str) -> bool:
    """§ 98 Abs. 1 S. 3-5 SGB IX: whether the carrier of the earlier Leistung stays competent."""
    if angaben.bezug != "beendet":
        return angaben.bezug == "laeuft"
    if angaben.bezug_unterbrochen == "ja":
        return True
    if angaben.bezug_bis is None:
        return False
    return eingang <= fristende(Regel.ENDE_ZUSTAENDIGKEIT, angaben.bezug_bis, land, Rechtsstand.B)


def fragen(angaben: Angaben, eingang: date, land: str) -> tuple[Frage, ...]:
    """The questions that matter now, in their order."""
    return tuple(_fragen(angaben, eingang, land))


def _fragen(angaben: Angaben, eingang: date, land: str) -> Iterator[Frage]:
    stand = rechtsstand_am(eingang)
    yield _herkunft(stand)
    if angaben.herkunft == "dritter":
        return
    yield _eilfall(stand)
    gruppen = tuple((g.schluessel, g.bezeichnung) for g in leistungsgruppen(eingang))
    yield Frage(
        "gruppen",
        "Sachliche Zuständigkeit",
        "Welche Leistungsgruppen umfasst der Antrag?",
        "Maßgeblich ist, was die Person erreichen möchte, nicht das Wort im Antrag. Für jede "
        "Gruppe sagt das Gesetz, welcher Träger Rehabilitationsträger sein kann.",
        _alt("§ 5 SGB IX, § 6 Abs. 1 SGB IX", stand),
        gruppen,
        "mehrfach",
    )
    if angaben.gruppen and fremde_gruppen(angaben, eingang) != angaben.gruppen:
        yield _vorrang(stand)
    if angaben.vorrang == "teil":
        yield Frage(
            "vorrang_gruppen",
            "Sachliche Zuständigkeit",
            "Für welche Leistungsgruppen ist ein anderer Träger vorrangig?",
            "Diesen Träger beteiligen Sie: Er stellt den Bedarf nach seinem Leistungsgesetz fest.",
            "§ 15 Abs. 2 S. 1 SGB IX" if stand is not Rechtsstand.A else "§ 10 Abs. 1 SGB IX a.F.",
            tuple(g for g in gruppen if g[0] in angaben.gruppen),
            "mehrfach",
        )
    if not sachlich_unzustaendig(angaben, eingang):
        yield from (_ort_neu if stand is Rechtsstand.B else _ort_alt)(angaben, eingang, land)
    if angaben.herkunft == "zweiter" and _unzustaendig(angaben, eingang, land):
        yield _einvernehmen(stand)


def _unzustaendig(angaben: Angaben, eingang: date, land: str) -> bool:
    """Whether the answers so far point to another carrier for the whole Antrag."""
    if sachlich_unzustaendig(angaben, eingang):
        return True
    if rechtsstand_am(eingang) is Rechtsstand.A:
        # § 14 Abs. 2 S. 5 a.F. looks at § 6 only: being somewhere else does not open it.
        return False
    return ort(angaben, eingang, land) == "anderswo"


def ort(angaben: Angaben, eingang: date, land: str) -> str:
    """Where the Zuständigkeit lies: hier, anderswo, ungeklaert, keiner; empty while unknown."""
    if rechtsstand_am(eingang) is Rechtsstand.B:
        if frueherer_bezug_zaehlt(angaben, eingang, land):
            return {"hier": "hier", "anderer": "anderswo"}.get(angaben.bezug_traeger, "")
        return angaben.aufenthalt
    return angaben.tatsaechlich if angaben.wohnform == "ambulant" else angaben.aufenthalt


def _alt(norm: str, stand: Rechtsstand) -> str:
    if stand is not Rechtsstand.A:
        return norm
    return ", ".join(f"{teil} a.F." for teil in norm.split(", "))


def _herkunft(stand: Rechtsstand) -> Frage:
    antworten: tuple[tuple[str, str], ...] = (
        ("erster", "hier gestellt"),
        ("zweiter", "von einem anderen Rehabilitationsträger weitergeleitet"),
    )
    if stand is Rechtsstand.A:
        antworten += (("kenntnis", "ohne Antrag: der Bedarf ist hier bekannt geworden"),)
    else:
        antworten += (("dritter", "im Einvernehmen mit uns ein zweites Mal weitergeleitet"),)
    return Frage(
        "herkunft",
        "Antrag",
        "Wie ist der Antrag zu uns gekommen?",
        "Wer den Antrag weitergeleitet bekommt, ist gebunden: Er prüft die Zuständigkeit nicht "
        "noch einmal mit dem Ziel, den Antrag zurückzugeben.",
        _alt("§ 14 Abs. 1 SGB IX, § 14 Abs. 2 SGB IX", stand),
        antworten,
    )


def _eilfall(stand: Rechtsstand) -> Frage:
    normen = {
        Rechtsstand.A: "§ 98 Abs. 2 S. 3 SGB XII, § 43 SGB I",
        Rechtsstand.UE: "§ 98 Abs. 2 S. 3 SGB XII",
        Rechtsstand.B: "§ 120 Abs. 4 SGB IX",
    }
    return Frage(
        "eilfall",
        "Antrag",
        "Muss sofort geleistet werden, weil Warten schaden würde (Eilfall)?",
        "Dann wird vorläufig geleistet, und das Verfahren wird nachgeholt.",
        normen[stand],
        JA_NEIN,
    )


def _vorrang(stand: Rechtsstand) -> Frage:
    return Frage(
        "vorrang",
        "Sachliche Zuständigkeit",
        "Muss nach seinem Leistungsgesetz ein anderer Rehabilitationsträger leisten?",
        "Die Eingliederungshilfe ist nachrangig. Denken Sie an Rente (medizinische Rehabilitation, "
        "Arbeitsleben), Krankenkasse, Arbeitsagentur, Unfallversicherung und bei jungen Menschen "
        "mit seelischer Behinderung an die Jugendhilfe.",
        "§ 91 Abs. 1 SGB IX" if stand is Rechtsstand.B else "§ 2 Abs. 1 SGB XII",
        (("nein", "nein"), ("teil", "ja, für einen Teil"), ("alles", "ja, für alles Beantragte")),
    )


def _wohnform(stand: Rechtsstand) -> Frage:
    if stand is Rechtsstand.B:
        antworten: tuple[tuple[str, str], ...] = (
            ("ambulant", "eigene Wohnung oder bei Angehörigen"),
            ("tag_und_nacht", "Betreuung über Tag und Nacht (besondere Wohnform)"),
        )
        norm = "§ 98 Abs. 1 S. 1 SGB IX"
    else:
        antworten = (
            ("ambulant", "eigene Wohnung oder bei Angehörigen"),
            ("abw", "ambulant betreutes Wohnen"),
            ("tag_und_nacht", "stationäre Einrichtung"),
        )
        norm = "§ 98 Abs. 1 SGB XII, § 98 Abs. 2 SGB XII, § 98 Abs. 5 SGB XII"
    return Frage(
        "wohnform",
        "Örtliche Zuständigkeit",
        "Wie wohnt die Person, wenn die Leistung beginnt?",
        "Davon hängt ab, welcher Aufenthalt zählt. Auch bei einem Persönlichen Budget gilt keine "
        "eigene Regel.",
        norm,
        antworten,
    )


def _ort_neu(angaben: Angaben, eingang: date, land: str) -> Iterator[Frage]:
    """§ 98 SGB IX."""
    yield Frage(
        "bezug",
        "Örtliche Zuständigkeit",
        "Bezieht oder bezog die Person schon Eingliederungshilfe?",
        "Wer zuständig ist, bleibt es bis zum Ende des Leistungsbezugs. Ein Umzug allein ändert "
        "daran nichts.",
        "§ 98 Abs. 1 S. 3 SGB IX",
        (
            ("nein", "nein, erster Antrag"),
            ("laeuft", "ja, die Leistung läuft"),
            ("beendet", "früher, die Leistung ist beendet"),
        ),
    )
    if angaben.bezug in {"laeuft", "beendet"}:
        yield Frage(
            "bezug_traeger",
            "Örtliche Zuständigkeit",
            "Von welchem Träger der Eingliederungshilfe kam diese Leistung?",
            "",
            "§ 98 Abs. 1 S. 3 SGB IX",
            (("hier", "von uns"), ("anderer", "von einem anderen Träger")),
        )
    if angaben.bezug == "beendet":
        yield Frage(
            "bezug_bis",
            "Örtliche Zuständigkeit",
            "Letzter Tag des Leistungsbezugs",
            "Erst nach sechs zusammenhängenden Monaten ohne Leistung wird die Zuständigkeit neu "
            "festgestellt.",
            "§ 98 Abs. 1 S. 4 SGB IX",
            art="datum",
        )
        yield Frage(
            "bezug_unterbrochen",
            "Örtliche Zuständigkeit",
            "War die Leistung nur wegen Krankenhaus oder medizinischer Rehabilitation "
            "unterbrochen?",
            "Eine solche Unterbrechung beendet den Leistungsbezug nicht.",
            "§ 98 Abs. 1 S. 5 SGB IX",
            JA_NEIN,
        )
    if _neu_festzustellen(angaben, eingang, land):
        yield _wohnform(Rechtsstand.B)
        if angaben.wohnform:
            yield from _aufenthalt(angaben, Rechtsstand.B, "§ 98 Abs. 1 S. 1 SGB IX")


def _neu_festzustellen(angaben: Angaben, eingang: date, land: str) -> bool:
    """§ 98 Abs. 1 S. 4 SGB IX: a first application, or one after six months without Leistung."""
    if angaben.bezug != "beendet":
        return angaben.bezug == "nein"
    beantwortet = angaben.bezug_unterbrochen == "nein" and angaben.bezug_bis is not None
    return beantwortet and not frueherer_bezug_zaehlt(angaben, eingang, land)


def _ort_alt(angaben: Angaben, eingang: date, land: str) -> Iterator[Frage]:
    """§ 98 SGB XII."""
    yield _wohnform(rechtsstand_am(eingang))
    if angaben.wohnform == "ambulant":
        yield _tatsaechlich("§ 98 Abs. 1 S. 1 SGB XII")
    elif angaben.wohnform:
        norm = "§ 98 Abs. 5 SGB XII" if angaben.wohnform == "abw" else "§ 98 Abs. 2 SGB XII"
        yield from _aufenthalt(angaben, rechtsstand_am(eingang), norm)


def _aufenthalt(angaben: Angaben, stand: Rechtsstand, norm: str) -> Iterator[Frage]:
    stationaer = angaben.wohnform == "tag_und_nacht"
    if stationaer:
        yield Frage(
            "aufnahme_am",
            "Örtliche Zuständigkeit",
            "Tag der Aufnahme",
            "Es zählt, wo die Person in den zwei Monaten davor zuletzt gewöhnlich gelebt hat. Der "
            "Ort der Einrichtung zählt nicht.",
            norm,
            art="datum",
        )
    erklaerung = (
        "Gewöhnlich hält sich jemand auf, wo die Umstände zeigen, dass er nicht nur vorübergehend "
        "bleibt. Die Meldeadresse ist nur ein Anhaltspunkt."
    )
    if stationaer:
        text = "Wo war der gewöhnliche Aufenthalt vor der Aufnahme zuletzt?"
    elif angaben.wohnform == "abw":
        text = "Welcher Träger war vor dem Eintritt in das betreute Wohnen zuletzt zuständig?"
        erklaerung = (
            "Es bleibt der Träger zuständig, der es vorher war oder gewesen wäre: der Träger des "
            "Ortes, von dem die Person kommt (Herkunftsprinzip)."
        )
    else:
        text = "Wo ist der gewöhnliche Aufenthalt am Tag des ersten Antrags?"
    yield Frage(
        "aufenthalt",
        "Örtliche Zuständigkeit",
        text,
        erklaerung,
        f"{norm}, § 30 Abs. 3 S. 2 SGB I",
        (
            ("hier", "in unserem Bereich"),
            ("anderswo", "im Bereich eines anderen Trägers"),
            ("ungeklaert", "noch nicht geklärt"),
            ("keiner", "im Inland keiner vorhanden oder nicht zu ermitteln"),
        ),
    )
    if angaben.aufenthalt in UNGEKLAERT:
        norm = "§ 98 Abs. 2 S. 1 SGB IX"
        yield _tatsaechlich(norm if stand is Rechtsstand.B else "§ 98 Abs. 2 S. 3 SGB XII")


def _tatsaechlich(norm: str) -> Frage:
    return Frage(
        "tatsaechlich",
        "Örtliche Zuständigkeit",
        "Wo hält sich die Person zurzeit tatsächlich auf?",
        "",
        norm,
        (("hier", "in unserem Bereich"), ("anderswo", "im Bereich eines anderen Trägers")),
    )


def _einvernehmen(stand: Rechtsstand) -> Frage:
    if stand is Rechtsstand.A:
        text = "Hat der nach unserer Auffassung zuständige Träger zugesagt, zu entscheiden?"
        norm = "§ 14 Abs. 2 S. 5 SGB IX a.F."
    else:
        text = "Ist der nach unserer Auffassung zuständige Träger einverstanden (Turboklärung)?"
        norm = "§ 14 Abs. 3 SGB IX"
    return Frage(
        "einvernehmen",
        "Turboklärung",
        text,
        "Ohne sein Einverständnis entscheiden wir selbst. Die Fristen laufen in jedem Fall weiter.",
        norm,
        JA_NEIN,
    )


def bereinigt(angaben: Angaben, eingang: date, land: str) -> Angaben:
    """The answers without those whose question does not matter (any more)."""
    while True:
        gefragt = {frage.schluessel for frage in fragen(angaben, eingang, land)}
        leer = Angaben()
        werte = {
            feld.name: getattr(angaben if feld.name in gefragt else leer, feld.name)
            for feld in fields(Angaben)
        }
        werte["vorrang_gruppen"] = tuple(
            g for g in werte["vorrang_gruppen"] if g in angaben.gruppen
        )
        neu = Angaben(**werte)
        if neu == angaben:
            return neu
        angaben = neu


def is_offen(frage: Frage, angaben: Angaben) -> bool:
    """Whether a question still lacks its answer."""
    return not getattr(angaben, frage.schluessel)
