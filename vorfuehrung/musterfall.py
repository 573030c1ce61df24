"""The model case: one person, once under the law of 2005 (A), once under that of 2026 (B)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from vorfuehrung.vorlage import (
    Fallvorlage,
    Leistungsvorlage,
    Personenvorlage,
    Zeitplan,
    Zielvorlage,
    stunden,
)

EINGLIEDERUNGSHILFE = "Landkreis Musterau – Eingliederungshilfe"
SOZIALHILFE = "Landkreis Musterau – Sozialhilfe"
PFLEGEKASSE = "AOK Musterland – Pflegekasse"

PERSON = Personenvorlage(
    anrede="herr",
    vorname="Max",
    nachname="Mustermann",
    geburtsdatum=date(1968, 5, 4),
    strasse="Lindenweg 12",
    telefon="07999 4455",
    email="max.mustermann@post.example",
    behinderungsart="koerperlich",
    hilfebedarfsgruppe=3,
)

_BEFUNDE = {
    "d4": (
        "Wege außerhalb der Wohnung gelingen nur mit Begleitung; Bus und Bahn werden nicht allein genutzt.",
        "Nutzt einen Rollstuhl sicher, kennt die Wege im Ort.",
        "Möchte selbst entscheiden, wann und wohin es geht.",
        "Begleitung zu Terminen und in der Freizeit, etwa vier Stunden in der Woche.",
    ),
    "d6": (
        "Einkaufen, Kochen und Reinigen gelingen nur mit Anleitung oder Übernahme.",
        "Plant den Einkauf selbst, bereitet einfache Mahlzeiten zu.",
        "Möchte in der eigenen Wohnung bleiben.",
        "Anleitung im Haushalt, etwa fünf Stunden in der Woche.",
    ),
    "d9": (
        "Kontakte außerhalb der Familie sind selten geworden.",
        "Früher im Schachverein aktiv.",
        "Möchte wieder Schach spielen und Kultur erleben.",
        "Unterstützung beim Anbahnen von Kontakten und bei der Freizeit.",
    ),
    "d5": (
        "Waschen, Duschen und Anziehen gelingen morgens nur mit Hilfe einer Pflegekraft.",
        "Rasiert sich selbst und zieht den Oberkörper allein an.",
        "Möchte vor acht Uhr fertig sein.",
        "Körperpflege und Anziehen an jedem Morgen, dazu Hilfe beim Duschen zweimal in der Woche.",
    ),
}
# The hours of the Assistenz in B: four and two times one make the six that are granted.
_STUNDEN_B = {
    "d4": "Begleitung zu Terminen, etwa eine Stunde in der Woche.",
    "d6": "Anleitung im Haushalt, etwa vier Stunden in der Woche.",
    "d9": "Unterstützung beim Anbahnen von Kontakten, etwa eine Stunde in der Woche.",
}
_BEFUNDE_B = {
    code: (*texte[:3], _STUNDEN_B.get(code, texte[3])) for code, texte in _BEFUNDE.items()
}

_ZIELE = (
    Zielvorlage(
        "d6",
        "Ich führe meinen Haushalt in der eigenen Wohnung weitgehend selbst.",
        "Einkauf und drei warme Mahlzeiten in der Woche gelingen mit höchstens einer Erinnerung.",
        wortlaut="„Ich will nicht, dass immer jemand danebensteht.“",
        ausgangswert="eine warme Mahlzeit, täglich erinnert",
        zielwert="drei warme Mahlzeiten, höchstens einmal erinnert",
        schritte="Einkaufsliste selbst schreiben\nEinmal in der Woche allein einkaufen\n"
        "Drei Gerichte sicher kochen",
    ),
    Zielvorlage(
        "d4",
        "Ich komme zu meinen Terminen, ohne auf meine Familie angewiesen zu sein.",
        "In einem Vierteljahr fällt kein Termin wegen fehlender Begleitung aus.",
    ),
    Zielvorlage(
        "d9",
        "Ich nehme wieder am Vereinsleben teil.",
        "Besuch des Schachabends mindestens zweimal im Monat.",
        wortlaut="„Schach fehlt mir.“",
        ausgangswert="kein Besuch",
        zielwert="zwei Besuche im Monat",
    ),
    Zielvorlage(
        "d5",
        "Ich bin morgens rechtzeitig gewaschen und angezogen.",
        "An sechs von sieben Tagen bin ich vor acht Uhr fertig.",
    ),
)

_PLANINHALTE_A = {
    "bisherige_entwicklung": "Herr Mustermann lebt seit 1999 in eigener Wohnung und wurde bisher von seiner Schwester unterstützt.",
    "bisherige_leistungen": "Ambulante Pflege seit 2002, keine Leistungen der Eingliederungshilfe.",
    "ist_situation": "Die Schwester zieht im Winter fort; ohne Unterstützung ist die eigene Wohnung gefährdet.",
    "andere_leistungstraeger": "Die Pflegekasse leistet häusliche Pflege nach Pflegestufe II.",
    "zielvereinbarung": "Wird mit dem Persönlichen Budget geschlossen.",
    "ueberpruefung": "Gemeinsames Gespräch nach sechs Monaten, danach halbjährlich.",
    "fortschreibung": "Spätestens zum Ende des Bewilligungszeitraums.",
}

_PLANINHALTE_B = {
    "verfahren_wirkungskontrolle": "Gespräch in der Wohnung mit dem BEI_BW. Die Wirkung wird an den Kriterien der Ziele gemessen, erstmals sechs Monate nach Beginn der Leistungen.",
    "aktivitaeten": "Herr Mustermann führt den Haushalt mit Anleitung und sucht selbst nach Assistenzkräften.",
    "leistungen_ressourcen": "Die Schwester hilft am Wochenende; der Schachverein übernimmt im Winter die Fahrt.",
    "wunsch_wahlrecht": "Eine pauschale Geldleistung wird nicht gewünscht; die Leistungen sollen als Persönliches Budget erbracht werden.",
    "gutachten": "Ärztliches Gutachten des Gesundheitsamts vom Juli 2026; ein weiteres ist nicht erforderlich.",
    "barmittel": "Über die Barmittel aus dem Regelsatz wurde beraten; in der eigenen Wohnung ist keine Regelung nötig.",
    "krankenhausbegleitung": "Eine Begleitung im Krankenhaus durch eine vertraute Bezugsperson ist derzeit nicht erforderlich.",
    "instrumente": "BEI_BW, Fassung 2024.",
    "bedarfsfeststellung": "Bedarf besteht in den Lebensbereichen Mobilität, Selbstversorgung, Häusliches Leben und Gemeinschaftsleben.",
    "einbeziehung_dienste": "Der bisherige Pflegedienst wurde auf Wunsch angehört.",
    "teilhabeziele": "Woran zu erkennen ist, dass ein Ziel erreicht ist, steht neben dem Ziel.",
    "wunsch_wahlrecht_budget": "Herr Mustermann wünscht das Persönliche Budget, um Zeiten und Personen selbst zu bestimmen.",
}

_BEGRUENDUNG_A = (
    "Sie sind wesentlich körperlich behindert. Ihr Bedarf wurde mit Ihnen am 8. November 2005 "
    "gemeinsam festgestellt; die Pflegekasse hat dazu Stellung genommen. Die Leistungen sind "
    "geeignet und erforderlich, damit Sie in der eigenen Wohnung leben können. Ihre Höhe richtet "
    "sich nach den Umständen Ihres Einzelfalls und deckt auch die Beratung. Ihrem Antrag wird "
    "entsprochen."
)
_BEGRUENDUNG_B = (
    "Sie sind wesentlich körperlich behindert: Wege außerhalb der Wohnung, Haushalt und Kontakte "
    "gelingen Ihnen auf Dauer nur mit Hilfe. Deshalb gehören Sie zum leistungsberechtigten "
    "Personenkreis (§ 99 SGB IX). Grundlage der Entscheidung ist Ihr Gesamtplan. Ihr Bedarf wurde "
    "am 10. September 2026 gemeinsam mit Ihnen festgestellt. Ihrem Wunsch nach einem Persönlichen Budget wird entsprochen (§ 8 Abs. 1, § 29 Abs. 1 SGB IX)."
)

STAND_A = Fallvorlage(
    person=PERSON,
    zeit=Zeitplan(
        eingang=date(2005, 10, 31),
        zustaendig=date(2005, 11, 3),
        bedarf=date(2005, 11, 8),
        stellungnahme=date(2005, 11, 9),
        plan=date(2005, 11, 10),
        bemessen=date(2005, 11, 11),
        ausgefertigt=date(2005, 11, 14),
        unterschrift=date(2005, 11, 18),
        bescheid=date(2005, 11, 21),
        aufgabe=date(2005, 11, 21),
        beginn=date(2005, 12, 1),
        ende=date(2007, 11, 30),
    ),
    begehren="Hilfen zum selbstbestimmten Leben in der eigenen Wohnung als Persönliches Budget",
    befunde=_BEFUNDE,
    ziele=_ZIELE,
    leistungen=(
        Leistungsvorlage(
            0,
            SOZIALHILFE,
            "Teilhabe am Leben in der Gemeinschaft",
            "§§ 53, 54 SGB XII, § 55 Abs. 2 Nr. 3, 6 und 7 SGB IX a.F.",
            "Hilfen im Haushalt, beim selbstbestimmten Wohnen und bei der Freizeit",
            "a_gemeinschaft_insgesamt",
            betrag=Decimal("1050.00"),
            grund="Teile der Freizeitbegleitung übernimmt der Schachverein.",
        ),
        Leistungsvorlage(
            0,
            SOZIALHILFE,
            "Grundsicherung im Alter und bei Erwerbsminderung",
            "§§ 41, 42 SGB XII",
            "Leistungen zum Lebensunterhalt",
            "sh_grundsicherung",
            betrag=Decimal("330.00"),
            grund="Berechnung der Grundsicherung vom November 2005: Bedarf abzüglich der Rente.",
            ergaenzend=True,
            nachweisart="kein_nachweis",
        ),
        Leistungsvorlage(
            3,
            PFLEGEKASSE,
            "Pflegesachleistung der Pflegestufe II",
            "§ 36 SGB XI",
            "Grundpflege und hauswirtschaftliche Versorgung",
            "pk_pflegesachleistung",
            bemessungsart="gutschein",
            form="gutschein",
            parameter="pflegesachleistung.stufe2",
            fremd=True,
            nachweisart="pflegeeinsatz",
        ),
        Leistungsvorlage(
            3,
            SOZIALHILFE,
            "Aufstockende Hilfe zur Pflege",
            "§§ 61, 63 SGB XII",
            "Häusliche Pflege, soweit die Leistung der Pflegekasse nicht ausreicht",
            "sh_hilfe_zur_pflege",
            betrag=Decimal("413.00"),
            grund="Kosten des Pflegedienstes über der Leistung der Pflegekasse, Kostenvoranschlag vom Oktober 2005.",
            nachweisart="pflegeeinsatz",
        ),
    ),
    begruendung=_BEGRUENDUNG_A,
    instrument="Hilfeplangespräch",
    befristungsgrund="Der Hilfebedarf wird im Herbst 2007 neu eingestuft; bis dahin wird der Bedarf als unverändert angesehen.",
    vergleichssumme=Decimal("2560.00"),
    planinhalte=_PLANINHALTE_A,
)

STAND_B = Fallvorlage(
    person=PERSON,
    zeit=Zeitplan(
        eingang=date(2026, 8, 31),
        zustaendig=date(2026, 9, 7),
        bedarf=date(2026, 9, 10),
        stellungnahme=date(2026, 9, 15),
        plan=date(2026, 9, 16),
        bemessen=date(2026, 9, 17),
        ausgefertigt=date(2026, 9, 17),
        unterschrift=date(2026, 9, 21),
        bescheid=date(2026, 9, 21),
        aufgabe=date(2026, 9, 21),
        beginn=date(2026, 10, 1),
    ),
    begehren="Assistenz in der eigenen Wohnung als Persönliches Budget",
    befunde=_BEFUNDE_B,
    ziele=_ZIELE,
    leistungen=(
        Leistungsvorlage(
            0,
            EINGLIEDERUNGSHILFE,
            "Assistenzleistungen zur Sozialen Teilhabe",
            "§ 113 Abs. 2 Nr. 2, § 78 SGB IX",
            "6 Stunden in der Woche zu 42,50 Euro: vier im Haushalt, je eine für Wege und für Kontakte",
            "b_assistenz",
            bemessungsart="stunden",
            positionen=stunden("6", "42.50"),
            weitere_ziele=(1, 2),
        ),
        Leistungsvorlage(
            0,
            SOZIALHILFE,
            "Grundsicherung im Alter und bei Erwerbsminderung",
            "§§ 41, 42 SGB XII",
            "Leistungen zum Lebensunterhalt",
            "sh_grundsicherung",
            betrag=Decimal("330.00"),
            grund="Berechnung der Grundsicherung vom September 2026: Bedarf abzüglich der Rente.",
            ergaenzend=True,
            nachweisart="kein_nachweis",
        ),
        Leistungsvorlage(
            3,
            PFLEGEKASSE,
            "Pflegesachleistung im Pflegegrad 2",
            "§ 36 SGB XI",
            "Körperbezogene Pflege und Hilfen bei der Haushaltsführung",
            "pk_pflegesachleistung",
            bemessungsart="gutschein",
            form="gutschein",
            parameter="pflegesachleistung.grad2",
            fremd=True,
            nachweisart="pflegeeinsatz",
        ),
        Leistungsvorlage(
            3,
            SOZIALHILFE,
            "Hilfe zur Pflege",
            "§§ 61, 64b SGB XII",
            "Häusliche Pflegehilfe, soweit die Leistung der Pflegekasse nicht ausreicht",
            "sh_hilfe_zur_pflege",
            betrag=Decimal("413.00"),
            grund="Kosten des Pflegedienstes über der Leistung der Pflegekasse, Kostenvoranschlag vom August 2026.",
            nachweisart="pflegeeinsatz",
        ),
    ),
    begruendung=_BEGRUENDUNG_B,
    vergleichssumme=Decimal("2480.00"),
    planinhalte=_PLANINHALTE_B,
)

STAENDE = {"A": STAND_A, "B": STAND_B}
