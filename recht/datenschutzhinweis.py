"""What a person is told about her data, by the day on which she is told.

Since 25.05.2018 Art. 13 and 14 DSGVO with § 82 SGB X ask for it when data are collected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recht.eingabe import check_tag, write_datum
from recht.fehler import AusserhalbDerDeckung
from recht.rechtsstand import DECKUNG_BIS

PFLICHT_AB = date(2018, 5, 25)
NORM = "Art. 13 Abs. 1 DSGVO"


@dataclass(frozen=True, slots=True)
class Punkt:
    """One thing that the law asks to be told, in plain words, with its source."""

    titel: str
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Datenschutzhinweis:
    """One version of the wording."""

    fassung: str
    gueltig_ab: date
    gueltig_bis: date
    punkte: tuple[Punkt, ...]


FASSUNGEN = (
    Datenschutzhinweis(
        "2018-1",
        PFLICHT_AB,
        DECKUNG_BIS,
        (
            Punkt(
                "Wozu wir Ihre Daten brauchen",
                "Wir prüfen, welche Leistungen der Eingliederungshilfe Sie erhalten, planen sie "
                "mit Ihnen, entscheiden darüber und zahlen sie aus. Dafür dürfen wir Ihre Daten "
                "verarbeiten, auch Angaben zu Ihrer Gesundheit, soweit wir sie dafür brauchen.",
                "Art. 6 Abs. 1 Buchst. e DSGVO, § 67a Abs. 1 SGB X, § 67b Abs. 1 SGB X",
            ),
            Punkt(
                "Welche Daten das sind",
                "Name, Geburtsdatum, Anschrift und Erreichbarkeit, Vertretung, Angaben zu "
                "Behinderung, Pflege und Bedarf, Ziele und Leistungen, soweit nötig Einkommen und "
                "Vermögen, Ihr Konto, Unterlagen und unsere Schreiben.",
                "Art. 14 DSGVO",
            ),
            Punkt(
                "Woher wir sie haben",
                "Von Ihnen selbst. Von anderen Stellen nur, wenn das Gesetz es erlaubt oder Sie "
                "eingewilligt haben; dann steht es in der Akte.",
                "§ 67a Abs. 2 SGB X",
            ),
            Punkt(
                "Wer sie erhält",
                "Die Menschen in unserer Behörde, die an Ihrem Antrag arbeiten, und unsere Kasse. "
                "Andere Leistungsträger, wenn es für deren oder unsere Aufgabe nötig ist. Alle "
                "anderen nur mit Ihrer Einwilligung. In Länder außerhalb der Europäischen Union "
                "geben wir nichts.",
                "§ 69 SGB X",
            ),
            Punkt(
                "Wie lange wir sie behalten",
                "Solange wir sie für Ihre Leistungen brauchen, und danach so lange, wie unsere "
                "Behörde Akten aufbewahrt. Wir sagen Ihnen die Dauer, wenn Sie uns fragen.",
                "§ 84 Abs. 2 SGB X",
            ),
            Punkt(
                "Was geschieht, wenn Sie etwas nicht angeben",
                "Wer Leistungen beantragt, gibt die Tatsachen an, die dafür wichtig sind. Fehlt "
                "etwas, können wir vielleicht nicht oder nur teilweise entscheiden.",
                "§ 60 SGB I, § 66 SGB I",
            ),
            Punkt(
                "Ihre Rechte",
                "Sie können Auskunft verlangen, Falsches berichtigen und Unnötiges löschen lassen, "
                "die Verarbeitung einschränken lassen und ihr widersprechen. Eine Einwilligung "
                "können Sie jederzeit für die Zukunft widerrufen. Einschränkungen nennt das "
                "Gesetz.",
                "Art. 15 DSGVO, Art. 16 DSGVO, Art. 17 DSGVO, Art. 18 DSGVO, Art. 21 DSGVO, "
                "§ 83 SGB X, § 84 SGB X",
            ),
            Punkt(
                "An wen Sie sich wenden",
                "An uns oder an die Datenschutzbeauftragte oder den Datenschutzbeauftragten "
                "unserer Behörde. Sie können sich auch bei der Aufsichtsbehörde für den "
                "Datenschutz beschweren. Die Anschriften stehen am Ende.",
                "Art. 77 DSGVO, § 81 SGB X",
            ),
            Punkt(
                "Wer entscheidet",
                "Über Ihren Antrag entscheiden Menschen. Das Programm rechnet und erinnert; es "
                "entscheidet nichts allein.",
                "Art. 13 DSGVO",
            ),
        ),
    ),
)


def datenschutzhinweis(stichtag: date) -> Datenschutzhinweis:
    """Return the wording of a day; raise ``AusserhalbDerDeckung`` where none is asked for."""
    check_tag(stichtag, "Stichtag")
    for text in FASSUNGEN:
        if text.gueltig_ab <= stichtag <= text.gueltig_bis:
            return text
    raise AusserhalbDerDeckung(
        f"Für den {write_datum(stichtag)} ist kein Datenschutzhinweis hinterlegt; die Pflicht dazu "
        f"gilt seit dem {write_datum(PFLICHT_AB)}."
    )
