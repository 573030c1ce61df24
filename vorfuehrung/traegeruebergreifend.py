"""One person at work: a Persönliches Budget of five carriers under the law of 2026.

Eingliederungshilfe, Krankenkasse, Pflegekasse and Integrationsamt, each with its own part; the
Krankenkasse and the Integrationsamt give what the Träger der Eingliederungshilfe cannot be
Rehabilitationsträger for, the Pflegekasse is none (§ 6 Abs. 1, § 29 Abs. 3 S. 3 SGB IX).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from vorfuehrung.musterfall import EINGLIEDERUNGSHILFE, PFLEGEKASSE
from vorfuehrung.vorlage import (
    Fallvorlage,
    Leistungsvorlage,
    Personenvorlage,
    Zeitplan,
    Zielvorlage,
    stunden,
)

KRANKENKASSE = "Muster-BKK"
INTEGRATIONSAMT = "Integrationsamt Musterland"

_BEFUNDE = {
    "d4": (
        "Transfers und Wege außerhalb des Hauses gelingen nur mit Hilfe; das rechte Bein trägt seit dem Unfall nicht.",
        "Fährt den Elektrorollstuhl sicher und plant ihre Wege selbst.",
        "Möchte am Abend und am Wochenende ohne Anmeldung aus dem Haus gehen.",
        "Begleitung außer Haus, etwa sechs Stunden in der Woche.",
    ),
    "d5": (
        "Waschen, Anziehen und der Wechsel des Katheters gelingen nicht allein.",
        "Sagt genau an, was zu tun ist, und bemerkt Druckstellen früh.",
        "Möchte morgens selbst bestimmen, wer kommt.",
        "Pflege morgens und abends; Katheterwechsel und Wundversorgung nach Verordnung.",
    ),
    "d8": (
        "Akten, Drucker und Besprechungsräume erreicht sie im Büro nicht ohne Hilfe.",
        "Arbeitet seit 2019 als Sachbearbeiterin, 25 Stunden in der Woche, und ist fachlich selbständig.",
        "Möchte ihre Stelle behalten.",
        "Handreichungen am Arbeitsplatz, etwa vier Stunden in der Woche.",
    ),
}

_ZIELE = (
    Zielvorlage(
        "d4",
        "Ich gehe abends und am Wochenende aus, wann ich es möchte.",
        "Mindestens zwei Unternehmungen in der Woche kommen ohne Absage zustande.",
    ),
    Zielvorlage(
        "d5",
        "Ich wähle die Menschen, die mich pflegen, selbst aus.",
        "Drei feste Kräfte decken alle Einsätze, im Quartal fällt keiner aus.",
    ),
    Zielvorlage(
        "d8",
        "Ich behalte meine Stelle mit 25 Stunden in der Woche.",
        "Im Halbjahr entsteht kein Fehltag, weil Hilfe am Arbeitsplatz fehlt.",
    ),
)

_PLANINHALTE = {
    "verfahren_wirkungskontrolle": "Gespräch zu Hause mit dem BEI_BW, sechs Monate nach Beginn der Leistungen; gemessen wird an den Kriterien der drei Ziele.",
    "aktivitaeten": "Frau Sommer stellt drei Assistenzkräfte an und macht den Dienstplan selbst.",
    "leistungen_ressourcen": "Die Nachbarin hat den Schlüssel und hilft, wenn eine Kraft ausfällt.",
    "wunsch_wahlrecht": "Eine pauschale Geldleistung wünscht Frau Sommer nicht; sie möchte alle Leistungen in einem Budget.",
    "gutachten": "Gutachten des Medizinischen Dienstes vom März 2026 (Pflegegrad 3); ein weiteres ist nicht erforderlich.",
    "barmittel": "Frau Sommer lebt von ihrem Lohn; eine Regelung über Barmittel ist nicht nötig.",
    "krankenhausbegleitung": "Eine Begleitung im Krankenhaus durch eine vertraute Bezugsperson ist derzeit nicht erforderlich.",
    "instrumente": "BEI_BW, Fassung 2024.",
    "bedarfsfeststellung": "Bedarf besteht in den Bereichen Mobilität und Selbstversorgung sowie bei der Arbeit.",
    "einbeziehung_dienste": "Der Arbeitgeber wurde mit Einwilligung von Frau Sommer zur Hilfe am Arbeitsplatz angehört.",
    "teilhabeziele": "Woran zu erkennen ist, dass ein Ziel erreicht ist, steht neben dem Ziel.",
    "wunsch_wahlrecht_budget": "Frau Sommer wünscht das Persönliche Budget, um dieselben Kräfte zu Hause und bei der Arbeit zu beschäftigen.",
}

_BEGRUENDUNG = (
    "Sie sind seit Ihrem Unfall wesentlich körperlich behindert: Wege außer Haus gelingen Ihnen auf "
    "Dauer nur mit Hilfe. Deshalb gehören Sie zum leistungsberechtigten Personenkreis (§ 99 SGB "
    "IX). Grundlage der Entscheidung ist Ihr Gesamtplan. Ihr Bedarf wurde am 8. September 2026 gemeinsam mit Ihnen "
    "festgestellt. Ihrem Wunsch nach einem Persönlichen Budget wird entsprochen (§ 8 Abs. 1, "
    "§ 29 Abs. 1 SGB IX)."
)

TRAEGERUEBERGREIFEND = Fallvorlage(
    person=Personenvorlage(
        anrede="frau",
        vorname="Katharina",
        nachname="Sommer",
        geburtsdatum=date(1988, 2, 17),
        strasse="Mühlgasse 4",
        telefon="07999 6120",
        behinderungsart="koerperlich",
    ),
    zeit=Zeitplan(
        eingang=date(2026, 8, 26),
        zustaendig=date(2026, 9, 2),
        bedarf=date(2026, 9, 8),
        stellungnahme=date(2026, 9, 15),
        plan=date(2026, 9, 16),
        bemessen=date(2026, 9, 17),
        ausgefertigt=date(2026, 9, 18),
        unterschrift=date(2026, 9, 22),
        bescheid=date(2026, 9, 23),
        aufgabe=date(2026, 9, 23),
        beginn=date(2026, 10, 1),
    ),
    begehren="Assistenz, Pflege und Hilfe am Arbeitsplatz in einem Persönlichen Budget",
    befunde=_BEFUNDE,
    ziele=_ZIELE,
    leistungen=(
        Leistungsvorlage(
            0,
            EINGLIEDERUNGSHILFE,
            "Assistenzleistungen zur Sozialen Teilhabe",
            "§ 113 Abs. 2 Nr. 2, § 78 SGB IX",
            "6 Stunden in der Woche zu 42,50 Euro",
            "b_assistenz",
            bemessungsart="stunden",
            positionen=stunden("6", "42.50"),
            nachweisart="arbeitsvertrag",
        ),
        Leistungsvorlage(
            1,
            PFLEGEKASSE,
            "Pflegegeld im Pflegegrad 3",
            "§ 37 Abs. 1 SGB XI",
            "Pflege zu Hause durch selbst beschaffte Kräfte",
            "pk_pflegegeld",
            bemessungsart="satz",
            parameter="pflegegeld.grad3",
            fremd=True,
            nachweisart="kein_nachweis",
        ),
        Leistungsvorlage(
            1,
            KRANKENKASSE,
            "Häusliche Krankenpflege",
            "§ 37 SGB V",
            "Katheterwechsel und Wundversorgung nach ärztlicher Verordnung",
            "kk_haeusliche_krankenpflege",
            betrag=Decimal("384.00"),
            fremd=True,
        ),
        Leistungsvorlage(
            2,
            INTEGRATIONSAMT,
            "Notwendige Arbeitsassistenz",
            "§ 185 Abs. 5 SGB IX",
            "4 Stunden in der Woche am Arbeitsplatz",
            "ia_arbeitsassistenz",
            betrag=Decimal("416.00"),
            fremd=True,
            nachweisart="arbeitsvertrag",
        ),
    ),
    begruendung=_BEGRUENDUNG,
    vergleichssumme=Decimal("2610.00"),
    planinhalte=_PLANINHALTE,
    einkommensart="sv",
)
