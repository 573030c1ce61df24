"""Steps of a further decision: pages show the rows, services ask them."""

from __future__ import annotations

from budget.folge.guards import anhoerung as anhoerungsguards
from budget.folge.guards import bescheid as guards
from budget.folge.guards import geltung as geltungsguards
from budget.folge.guards import kuendigung as kuendigungsguards
from budget.folge.queries import uebliche_anhoerungsfrist
from budget.folge.schreiben.kuendigung import notice_of
from budget.folge.schritte.augenpaar import (
    andere_als_zuvor,
    kuendigung_durch_andere,
    zweite_person,
)
from budget.folge.schritte.tore import (
    AUSGEFUELLT,
    GRUNDINHALT,
    Folgelage,
    angehoert,
    anschrift,
    belehrung,
    fall,
    seite,
)
from budget.folge.schritte.vorlaeufig import VORLAEUFIG
from budget.folge.schritte.widerspruch import WIDERSPRUCHSCHRITTE, Widerspruchslage
from budget.states.folge import FOLGEBESCHEID
from cases.registry.schritt import Hindernis, Schritt
from cases.schritte import Folge, Pruefung, Schritttafel, Zeile
from cases.states.rolle import SCHREIBENDE

__all__ = [
    "FOLGESCHRITTE",
    "INHALT",
    "WIDERSPRUCHSCHRITTE",
    "Folgelage",
    "Widerspruchslage",
    "schritte_of",
]


# What the content has to bear; asked at the submission and again at the release.
INHALT: tuple[Pruefung[Folgelage], ...] = (*GRUNDINHALT, *VORLAEUFIG)


def _wartet(lage: Folgelage) -> Hindernis:
    am = lage.row.vorgelegt_am
    seit = f" seit dem {am:%d.%m.%Y}" if am else ""
    return Hindernis(
        f"Der Bescheid liegt{seit} bei der Sachgebietsleitung. Nur sie kann ihn freigeben."
    )


def _kuendigt_die_leitung(lage: Folgelage) -> Hindernis:
    return Hindernis(
        "Die Kündigung schreibt eine Sachgebietsleitung, die den Entwurf nicht verfasst hat. Sie "
        "findet ihn auf „Mein Tag“, sobald die Person sich äußern konnte.",
        "Vier-Augen-Grundsatz",
    )


def _braucht_anhoerung(lage: Folgelage) -> Hindernis | None:
    if lage.zeile.anhoerung and lage.nachteilig and not lage.row.selbst_gewollt:
        return None
    return Hindernis("Diese Entscheidung braucht keine Anhörung.")


def _frist_zur_aeusserung(lage: Folgelage) -> Hindernis | None:
    return guards.frist_zur_aeusserung(
        lage.row, lage.fruehestens, uebliche_anhoerungsfrist(lage.tag)
    )


ANHOERUNG: tuple[Pruefung[Folgelage], ...] = (
    Pruefung(_braucht_anhoerung, verbirgt=True),
    Pruefung(lambda lage: guards.noch_nicht_angehoert(lage.row), verbirgt=True),
    Pruefung(lambda lage: guards.gruende_vorhanden(lage.row)),
    AUSGEFUELLT,
    Pruefung(lambda lage: anhoerungsguards.absicht_bestimmt(lage.row, lage.zeile)),
    Pruefung(_frist_zur_aeusserung),
    Pruefung(anschrift),
)

KUENDIGUNG: tuple[Pruefung[Folgelage], ...] = (
    Pruefung(lambda lage: kuendigungsguards.behoerde_kuendigt(lage.row, lage.zeile), verbirgt=True),
    Pruefung(
        lambda lage: kuendigungsguards.noch_nicht_gekuendigt(lage.row, notice_of(lage.row)),
        verbirgt=True,
    ),
    Pruefung(lambda lage: guards.gruende_vorhanden(lage.row)),
    Pruefung(angehoert),
    Pruefung(anschrift),
    Pruefung(kuendigung_durch_andere),
)

FOLGESCHRITTE = Schritttafel[Folgelage](
    FOLGEBESCHEID,
    lambda lage: lage.row.state,
    lambda lage: [lage.row.case_id, lage.row.pk],
    (
        Zeile("anhoeren", "folge_anhoerung", ANHOERUNG, methode="post", haupt=True),
        Zeile(
            "kuendigen",
            "folge_kuendigung",
            KUENDIGUNG,
            methode="post",
            haupt=True,
            vorbehalt=_kuendigt_die_leitung,
            sichtbar=SCHREIBENDE,
        ),
        Zeile(
            "aeusserung_vermerken",
            "folge_aeusserung",
            (Pruefung(_braucht_anhoerung, verbirgt=True),),
        ),
        Zeile(
            "vorlegen",
            "folge_vorlegen",
            INHALT,
            methode="post",
            haupt=True,
        ),
        Zeile("bearbeiten", "folge_bearbeiten"),
        Zeile(
            "freigeben",
            "folge_freigabe",
            (
                Pruefung(lambda lage: geltungsguards.geht_allein_hinaus(lage.zeile), verbirgt=True),
                *INHALT,
                Pruefung(anschrift, "Die Anschrift ist vollständig", "§ 37 Abs. 1 SGB X", fall),
                Pruefung(
                    belehrung,
                    "Für den Tag liegt eine Rechtsbehelfsbelehrung vor",
                    "§ 36 SGB X, § 66 SGG",
                    seite,
                ),
                Pruefung(
                    zweite_person,
                    "Eine zweite Person gibt frei",
                    "§ 33 Abs. 3 SGB X",
                    seite,
                    vorab=True,
                ),
                Pruefung(
                    andere_als_zuvor,
                    "Über den Widerspruch entscheidet eine andere Person",
                    "§ 85 Abs. 2 S. 1 SGG",
                    seite,
                    vorab=True,
                ),
            ),
            eingang="Prüfen und freigeben",
            knopf="Bescheid freigeben",
            methode="post",
            haupt=True,
            vorbehalt=_wartet,
            sichtbar=SCHREIBENDE,
        ),
        Zeile("zurueckziehen", "folge_zurueckziehen", methode="post"),
        Zeile("zurueckgeben", "folge_zurueckgeben"),
        Zeile(
            "aufgeben",
            "versand_neu",
            (Pruefung(lambda lage: guards.nicht_unterwegs(lage.row), verbirgt=True),),
            knopf="Bescheid versenden",
            haupt=True,
            argumente=lambda lage: [lage.row.case_id, lage.row.schreiben_id],
        ),
        Zeile(
            "neu_freigeben",
            "folge_neu_freigeben",
            (
                Pruefung(lambda lage: geltungsguards.geht_allein_hinaus(lage.zeile), verbirgt=True),
                Pruefung(lambda lage: guards.nicht_unterwegs(lage.row), verbirgt=True),
            ),
        ),
        Zeile(
            "verwerfen",
            "folge_verwerfen",
            (
                Pruefung(lambda lage: geltungsguards.geht_allein_hinaus(lage.zeile), verbirgt=True),
                Pruefung(lambda lage: guards.noch_nicht_angehoert(lage.row), verbirgt=True),
            ),
            methode="post",
            gefahr=True,
        ),
        Zeile(
            "absehen",
            "folge_absehen",
            (
                Pruefung(lambda lage: geltungsguards.geht_allein_hinaus(lage.zeile), verbirgt=True),
                Pruefung(lambda lage: anhoerungsguards.nur_nach_anhoerung(lage.row), verbirgt=True),
            ),
            gefahr=True,
        ),
    ),
    folgen=(
        Folge("mitgehen", "Freigabe des Bescheids über das neue Budget"),
        Folge("zurueckfallen", "Rücknahme dieser Freigabe"),
        Folge("bestandskraft", "Ablauf der Widerspruchsfrist (F51, F52)"),
        Folge("zurueckkommen", "Versand: nicht_zugegangen"),
        Folge("wieder_anfechtbar", "Versand: berichtigen"),
        Folge("anfechten", "Abhilfe oder Klage mit Erfolg"),
        Folge("wieder_gelten", "Versand der Abhilfe: nicht_zugegangen"),
    ),
    stichtag=lambda lage: lage.tag,
)


_SEITENSCHRITTE = (
    "anhoeren",
    "kuendigen",
    "aeusserung_vermerken",
    "vorlegen",
    "bearbeiten",
    "zurueckziehen",
    "zurueckgeben",
    "aufgeben",
    "neu_freigeben",
    "verwerfen",
    "absehen",
)


def schritte_of(lage: Folgelage) -> list[Schritt]:
    """Return what the page of a decision offers; the release has a page of its own."""
    freigabe = FOLGESCHRITTE.eingang(lage, "freigeben")
    steps = FOLGESCHRITTE.schritte(lage, *_SEITENSCHRITTE)
    return [*([freigabe] if freigabe else []), *steps]
