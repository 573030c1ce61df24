"""The questions by which the Zuständigkeit is found, each with explanation and citation.

Which question stands on the page depends on the law of the Antrag and on the answers so far; a
question that no longer matters is not asked. §§ 14-16 SGB IX hold in their present wording since
2018, the local rule of § 98 SGB IX since 2020 (before: § 98 SGB XII).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from recht.aufenthaltsfragen import frueherer_bezug_zaehlt, ort, ort_alt, ort_neu
from recht.kataloge import Eintrag, leistungsgruppen, leistungstraeger
from recht.rechtsstand import Rechtsstand, norm_im, rechtsstand_am
from recht.zustaendigkeitsangaben import JA_NEIN, UNGEKLAERT, Angaben, Frage, fristende

__all__ = [
    "UNGEKLAERT",
    "Angaben",
    "Frage",
    "absehbare_fragen",
    "bereinigt",
    "eigener_traeger",
    "fragen",
    "fremde_gruppen",
    "fristende",
    "frueherer_bezug_zaehlt",
    "is_offen",
    "ort",
    "sachlich_unzustaendig",
    "traeger_fuer",
]

# The authority as a carrier in the catalogue of its law.
EIGENER_TRAEGER = {
    Rechtsstand.A: "a_sozialhilfe",
    Rechtsstand.UE: "ue_sozialhilfe",
    Rechtsstand.B: "b_eingliederungshilfe",
}


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


def fragen(angaben: Angaben, eingang: date, land: str) -> tuple[Frage, ...]:
    """The questions that matter now, in their order."""
    return tuple(_fragen(angaben, eingang, land))


def absehbare_fragen(angaben: Angaben, eingang: date, land: str) -> tuple[Frage, ...]:
    """The questions that matter now, and those that would after the usual answers to them.

    The usual ones are those after which most questions matter, so that what they open is asked in
    one go. An answer to a question that does not matter in the end is dropped (`bereinigt`).
    """
    erwartet = replace(
        angaben,
        eilfall=angaben.eilfall or "nein",
        vorrang=angaben.vorrang or "nein",
        bezug=angaben.bezug or "nein",
        wohnform=angaben.wohnform or "ambulant",
        gruppen=angaben.gruppen or eigener_traeger(eingang).verweise[:1],
    )
    jetzt = fragen(angaben, eingang, land)
    bekannt = {frage.schluessel for frage in jetzt}
    spaeter = fragen(erwartet, eingang, land)
    return (*jetzt, *(frage for frage in spaeter if frage.schluessel not in bekannt))


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
        norm_im(stand, "§ 5 SGB IX a.F., § 6 Abs. 1 SGB IX a.F.", "§ 5 SGB IX, § 6 Abs. 1 SGB IX"),
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
        yield from (ort_neu if stand is Rechtsstand.B else ort_alt)(angaben, eingang, land)
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


def _herkunft(stand: Rechtsstand) -> Frage:
    antworten: tuple[tuple[str, str], ...] = (
        ("erster", "hier gestellt"),
        ("zweiter", "von einem anderen Rehabilitationsträger weitergeleitet"),
    )
    if stand is not Rechtsstand.B:
        # Until the end of 2019 the help was Sozialhilfe (§ 18 SGB XII); since then it needs an
        # Antrag (§ 108 SGB IX).
        antworten += (("kenntnis", "ohne Antrag: der Bedarf ist hier bekannt geworden"),)
    if stand is not Rechtsstand.A:
        antworten += (("dritter", "im Einvernehmen mit uns ein zweites Mal weitergeleitet"),)
    return Frage(
        "herkunft",
        "Antrag",
        "Wie ist der Antrag zu uns gekommen?",
        "Wer den Antrag weitergeleitet bekommt, ist gebunden: Er prüft die Zuständigkeit nicht "
        "noch einmal mit dem Ziel, den Antrag zurückzugeben.",
        norm_im(
            stand,
            "§ 14 Abs. 1 SGB IX a.F., § 14 Abs. 2 SGB IX a.F.",
            "§ 14 Abs. 1 SGB IX, § 14 Abs. 2 SGB IX",
        ),
        antworten,
    )


def _eilfall(stand: Rechtsstand) -> Frage:
    normen = {
        Rechtsstand.A: "§ 98 Abs. 2 S. 3 SGB XII, § 43 Abs. 1 SGB I",
        Rechtsstand.UE: "§ 98 Abs. 2 S. 3 SGB XII, § 24 S. 1 SGB IX",
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
    return not (frage.freiwillig or getattr(angaben, frage.schluessel))
