"""Papers of the Datenschutz, made from what the program is: models, rights, letters, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models

from cases.registry.beitrag import registry
from cases.registry.schreibenart import Schreibenart
from cases.states.inhalt import TABELLE, Inhalt, Stufe
from cases.states.verarbeitung import loeschregeln, verarbeitung_of, verarbeitungen
from cases.states.zugang import Zugriffsgrund


@dataclass(frozen=True)
class Abschnitt:
    """A heading, sentences, and a table; each may be empty."""

    titel: str
    saetze: tuple[str, ...] = ()
    kopf: tuple[str, ...] = ()
    zeilen: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Papier:
    """One paper; `schluessel` is its address and the name of its file."""

    schluessel: str
    titel: str
    abschnitte: tuple[Abschnitt, ...]


_STUFEN = {Stufe.VOLL: "ja", Stufe.MASKIERT: "teilweise", Stufe.KEINE: "nein"}


@cache
def papiere() -> tuple[Papier, ...]:
    """Return all papers in the order in which an authority needs them.

    They follow from the program alone, so a process makes them once.
    """
    return (
        _verzeichnis(),
        _folgenabschaetzung(),
        _rechte(),
        _loeschkonzept(),
        _felder(),
    )


def papier_of(schluessel: str) -> Papier | None:
    """Return one paper, None when there is none of this name."""
    return next((each for each in papiere() if each.schluessel == schluessel), None)


def markdown_of(papier: Papier) -> str:
    """Return a paper as the file that lies beside the others."""
    teile = [f"# {papier.titel}", "", _HERKUNFT, ""]
    for abschnitt in papier.abschnitte:
        teile += [f"## {abschnitt.titel}", ""]
        teile += [zeile for satz in abschnitt.saetze for zeile in (satz, "")]
        if abschnitt.kopf:
            teile += [_row(abschnitt.kopf), "|" + "---|" * len(abschnitt.kopf)]
            teile += [*map(_row, abschnitt.zeilen), ""]
    return "\n".join(teile).rstrip() + "\n"


_HERKUNFT = (
    "Diese Seite entsteht aus dem Programm (`manage.py papiere`); ein Test hält sie wahr. Dieselbe "
    "Seite steht in Fallwerk unter „Datenschutz“, dort mit den Angaben der Behörde."
)


def _row(zellen: tuple[str, ...]) -> str:
    return f"| {' | '.join(zelle.replace('|', '/') for zelle in zellen)} |"


def _verzeichnis() -> Papier:
    eintraege = tuple(
        Abschnitt(
            v.titel,
            kopf=("Angabe", "Inhalt"),
            zeilen=(
                ("Zweck", v.zweck),
                ("Rechtsgrundlage", v.norm),
                ("Betroffene", v.betroffene),
                ("Kategorien von Daten", ", ".join(_names(v.modelle))),
                ("Empfänger", v.empfaenger),
                ("Übermittlung in Drittländer", "keine"),
                ("Löschung", f"{v.regel.titel}: {v.regel.beginn}; {v.regel.frist}"),
            ),
        )
        for v in verarbeitungen()
    )
    return Papier(
        "verarbeitungen",
        "Verzeichnis von Verarbeitungstätigkeiten",
        (
            Abschnitt(
                "Verantwortlich",
                (
                    "Verantwortlich ist die Behörde, die Fallwerk betreibt; Name, Anschrift und "
                    "Erreichbarkeit stehen unter „Behörde“ (Art. 30 Abs. 1 DSGVO). Die "
                    "Datenschutzbeauftragte oder den Datenschutzbeauftragten trägt die Behörde "
                    "hier nach.",
                    "Technische und organisatorische Maßnahmen: rechte.md, technik.md und die "
                    "Tabellen daneben.",
                ),
            ),
            *eintraege,
            Abschnitt(
                "Schreiben und was sie zeigen",
                ("Jede Art von Schreiben, wer sie erhält und welche Inhalte sie druckt.",),
                ("Schreiben", "An Dritte", "Einwilligung in", "Inhalte"),
                tuple(_letters()),
            ),
        ),
    )


def _names(modelle: tuple[str, ...]) -> list[str]:
    return [str(apps.get_model(name)._meta.verbose_name) for name in modelle]


def _letters() -> Iterator[tuple[str, ...]]:
    arten: list[Schreibenart] = sorted(registry.schreibenarten.values(), key=lambda a: a.titel)
    for art in arten:
        inhalte = ", ".join(i.label for i in Inhalt if i in art.inhalte)
        yield art.titel, "ja" if art.an_dritte else "nein", art.einwilligung_teil or "-", inhalte


_RISIKEN = (
    (
        "Unbefugte lesen Gesundheits- und Sozialdaten",
        "neugierige Beschäftigte, gestohlene Konten",
        "Rechte je Inhalt, zweiter Faktor, Protokoll jeder Einsicht, Meldungen bei Auffälligem",
        "Wer zuständig ist, kann lesen, ohne dass jemand den Anlass prüft; Fotos vom Bildschirm",
    ),
    (
        "Aufenthalt einer gefährdeten Person wird bekannt",
        "Stalker mit Bekannten in der Behörde",
        "Schutz der Person mit vier Augen, Auskunftssperre an jedem Ausgang, Meldung bei Nähe",
        "Wer den Fall bearbeitet, kennt die Anschrift",
    ),
    (
        "Geld geht an die Falschen",
        "Änderung von Konto oder Betrag",
        "zweite Person für fremde Konten, Bescheide und eigene Werte; Berechnung nachvollziehbar",
        "Absprache zweier Beschäftigter",
    ),
    (
        "Entscheidung mit falschen Rechten für die Person",
        "falscher Tag, falscher Empfänger, veraltete Belehrung",
        "Fristen mit Fundstelle, eingefrorene Anschrift, Prüfung vor dem Versand",
        "Tatsachen, die niemand einträgt",
    ),
    (
        "Daten gehen verloren oder werden verändert",
        "Ausfall, Fehler, Angriff auf die Datenbank",
        "eine Datenbank mit Sicherung, Rolle ohne DDL, Siegel über Protokolle, Nachtprüfung",
        "Wer Server und Schlüssel verwaltet, kann alles",
    ),
    (
        "Daten bleiben länger als nötig",
        "fehlende Löschung",
        "Löschregel je Feld mit Fundstelle",
        "Gelöscht wird noch nicht von selbst",
    ),
    (
        "Überwachung von Beschäftigten",
        "Auswertung der Protokolle",
        "nur Datenschutz und Leitung am Fall sehen sie; Zweck und Dauer festgelegt",
        "Dienstvereinbarung muss die Behörde schließen",
    ),
)


def _folgenabschaetzung() -> Papier:
    besondere = [v for v in verarbeitungen() if v.besondere]
    return Papier(
        "folgenabschaetzung",
        "Grundlage der Datenschutz-Folgenabschätzung",
        (
            Abschnitt(
                "Warum sie nötig ist",
                (
                    "Fallwerk verarbeitet umfangreich Gesundheitsdaten von Menschen mit "
                    "Behinderungen; eine Folgenabschätzung ist deshalb nötig (Art. 35 Abs. 3 "
                    "Buchst. b DSGVO). Dieses Papier liefert Beschreibung, Maßnahmen und "
                    "Restrisiken; die Abwägung trifft die Behörde mit ihrem Datenschutz.",
                ),
            ),
            Abschnitt(
                "Beschreibung",
                (
                    f"{len(verarbeitungen())} Verarbeitungen (verarbeitungen.md), davon mit "
                    f"besonderen Arten: {', '.join(v.titel for v in besondere)}.",
                    "Keine Entscheidung fällt allein durch das Programm (Art. 22 DSGVO): Es "
                    "rechnet und schlägt vor, entschieden und freigegeben wird von Menschen.",
                ),
            ),
            Abschnitt(
                "Notwendigkeit",
                (
                    "Zweck und Fundstelle stehen je Verarbeitung im Verzeichnis. Wer was sieht, "
                    "folgt der Aufgabe (rechte.md); was eine Rolle nicht braucht, sieht sie nicht.",
                ),
            ),
            Abschnitt(
                "Risiken, Maßnahmen, was bleibt",
                (),
                ("Risiko", "Quelle", "Maßnahme", "Restrisiko"),
                _RISIKEN,
            ),
            Abschnitt(
                "Was die Behörde ergänzt",
                (
                    "Stellungnahme der oder des Datenschutzbeauftragten, Sicht der Betroffenen "
                    "(Beirat), Betrieb (Rechenzentrum, Auftragsverarbeitung), Bewertung von "
                    "Eintritt und Schwere, Ergebnis und Tag der nächsten Prüfung.",
                ),
            ),
        ),
    )


def _rechte() -> Papier:
    paare = sorted(TABELLE, key=lambda paar: (paar[0], list(Zugriffsgrund.values).index(paar[1])))
    return Papier(
        "rechte",
        "Wer welchen Inhalt sieht",
        (
            Abschnitt(
                "Rolle, Grund, Inhalt",
                (
                    "Was keine Zeile hat, wird nicht gezeigt. Rollen ohne Zeile (Datenschutz, "
                    "Fachadministration, Berechtigungsverwaltung) sehen keine Fallinhalte.",
                ),
                ("Inhalt", *(f"{rolle}, {Zugriffsgrund(grund).label}" for rolle, grund in paare)),
                tuple(
                    (str(inhalt.label), *(_STUFEN[TABELLE[paar][inhalt]] for paar in paare))
                    for inhalt in Inhalt
                ),
            ),
        ),
    )


def _loeschkonzept() -> Papier:
    ja = {True: "ja", False: "nein"}
    return Papier(
        "loeschkonzept",
        "Löschkonzept",
        (
            Abschnitt(
                "Regeln",
                (
                    "Für Akten der Eingliederungshilfe nennt das Bundesrecht keine Dauer. Wo "
                    "„Vorgabe“ steht, ist die Dauer ein Vorschlag, den die Behörde bestätigt oder "
                    "ändert. Wo „gelöscht“ nein sagt, führt Fallwerk die Regel noch nicht aus.",
                ),
                ("Regel", "Beginn", "Dauer", "Fundstelle", "Gesperrt durch", "Vorgabe", "gelöscht"),
                tuple(
                    (
                        r.titel,
                        r.beginn,
                        r.frist,
                        r.norm,
                        r.sperre,
                        ja[r.vorgabe],
                        ja[r.ausgefuehrt],
                    )
                    for r in loeschregeln()
                ),
            ),
            Abschnitt(
                "Was welcher Regel folgt",
                ("Änderungsgeschichten folgen ihrer Zeile.",),
                ("Verarbeitung", "Daten", "Regel"),
                tuple(
                    (v.titel, ", ".join(_names(v.modelle)), v.regel.titel) for v in verarbeitungen()
                ),
            ),
        ),
    )


def tracked(model: type[models.Model]) -> bool:
    """Tell whether a model is the change history of another one, or a view over histories."""
    geschichte = hasattr(model, "pgh_tracked_model")
    return geschichte or model._meta.proxy or not model._meta.managed


def _felder() -> Papier:
    abschnitte = []
    for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
        if tracked(model):
            continue
        eintrag = verarbeitung_of(model._meta.label)
        abschnitte.append(
            Abschnitt(
                f"{model._meta.label}: {model._meta.verbose_name}",
                (f"{eintrag.titel}. {eintrag.zweck}. Löschung: {eintrag.regel.titel}.",),
                ("Feld", "Name", "Form", "gespeichert"),
                tuple(
                    (f.name, str(f.verbose_name), _shape(f), _stored(f))
                    for f in model._meta.concrete_fields
                ),
            )
        )
    return Papier("felder", "Felder", tuple(abschnitte))


_FORMEN = {
    "BigAutoField": "Nummer",
    "AutoField": "Nummer",
    "BooleanField": "ja oder nein",
    "DateField": "Tag",
    "DateTimeField": "Zeitpunkt",
    "TimeField": "Uhrzeit",
    "JSONField": "Liste oder Zuordnung",
    "BinaryField": "Datei",
    "UUIDField": "Kennung",
    "EmailField": "E-Mail-Adresse",
    "GenericIPAddressField": "Netzadresse",
    "SearchVectorField": "Wortstämme",
}


def _shape(feld: models.Field) -> str:
    """Return what a field takes: kind, length or list of words, whether it may be empty."""
    if feld.is_relation and feld.related_model is not None:
        ziel = feld.related_model
        form = f"Verweis auf {ziel._meta.verbose_name}"
    elif feld.choices:
        form = f"Auswahl aus {len(list(feld.flatchoices))}"
    elif isinstance(feld, models.DecimalField):
        form = f"Zahl, {feld.max_digits - feld.decimal_places} und {feld.decimal_places} Stellen"
    elif isinstance(feld, models.IntegerField) and "Auto" not in type(feld).__name__:
        form = "ganze Zahl"
    else:
        form = _FORMEN.get(type(feld).__name__, "Text")
    if form == "Text" and feld.max_length:
        form = f"Text bis {feld.max_length}"
    return f"{form}, kann fehlen" if feld.null or feld.blank else form


def _stored(feld: models.Field) -> str:
    if "Encrypted" in type(feld).__name__:
        return "verschlüsselt"
    return "Prüfwert" if feld.name in {"password", "schluessel_sha256"} else "klar"
