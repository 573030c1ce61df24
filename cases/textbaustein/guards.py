"""Preconditions of the authority's own texts: four eyes, a place, words that can be filled."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from cases.guards import konten_der_person
from cases.models import Textbaustein, User
from cases.registry.beitrag import registry
from cases.registry.schritt import Hindernis
from cases.registry.textstelle import is_hinweis, platzhalter_in, stray_brackets
from cases.schritte.seiten import hinweisstellen
from cases.states.textbaustein import Bausteinzustand
from recht.fehler import NormUngueltig
from recht.norm import parse_normen


def stelle_bekannt(stelle: str) -> Hindernis | None:
    """§ 31 SGB I: a text belongs to a place of the program, elsewhere nobody is offered it."""
    if any(eine.schluessel == stelle for eine in (*registry.textstellen, *hinweisstellen())):
        return None
    return Hindernis("Diese Stelle gibt es nicht. Bitte wählen Sie eine aus der Liste.")


def platzhalter_bekannt(stelle: str, text: str) -> Hindernis | None:
    """§ 33 Abs. 1 SGB X: what is written must be definite; a word that nothing fills never is."""
    bekannt = [p.name for p in registry.platzhalter if p.steht_in(stelle)]
    if "" in platzhalter_in(text):
        return Hindernis("Ein Platzhalter ist leer: Zwischen [[ und ]] steht kein Name.")
    if stray_brackets(text):
        return Hindernis("Ein Platzhalter ist nicht geschlossen: Zu jedem [[ gehört ein ]].")
    if is_hinweis(stelle) and platzhalter_in(text):
        return Hindernis(
            "Ein Arbeitshinweis steht bei jedem Fall gleich. Platzhalter in doppelten Klammern "
            "gibt es in ihm nicht."
        )
    fremd = [f"[[{name}]]" for name in platzhalter_in(text) if name not in bekannt]
    if not fremd:
        return None
    was = "Diesen Platzhalter" if len(fremd) == 1 else "Diese Platzhalter"
    return Hindernis(
        f"{was} gibt es an dieser Stelle nicht: {', '.join(fremd)}. "
        f"Möglich sind: {', '.join(f'[[{name}]]' for name in bekannt)}."
    )


def norm_lesbar(norm: str) -> Hindernis | None:
    """§ 35 Abs. 1 SGB X: a reason names the norm so that it can be looked up."""
    try:
        if norm:
            parse_normen(norm)
    except NormUngueltig as error:
        return Hindernis(f"{error} Nennen Sie zum Beispiel Paragraf, Absatz und Gesetz.")
    return None


def link_sicher(stelle: str, link: str) -> Hindernis | None:
    """Art. 32 DSGVO: a hint leads to a page over a secured connection, to none of the file."""
    if not link:
        return None
    if not is_hinweis(stelle):
        return Hindernis("Einen Link hat nur ein Arbeitshinweis; hier bleibt das Feld leer.")
    teile = urlsplit(link) if link.isprintable() and " " not in link else None
    if teile and teile.scheme == "https" and teile.hostname and "@" not in teile.netloc:
        return None
    return Hindernis(
        "Bitte geben Sie die Adresse ganz an, so wie sie im Browser steht: Sie beginnt mit "
        "„https://“ und enthält kein Leerzeichen."
    )


def fassung_nach_der_vorigen(
    vorige: Textbaustein | None, gueltig_ab: date, gueltig_bis: date | None
) -> Hindernis | None:
    """§ 31 SGB I: on one day one version holds; the next one ends the one before."""
    if gueltig_bis is not None and gueltig_bis < gueltig_ab:
        return Hindernis("Der letzte Tag liegt vor dem ersten.")
    if vorige is None or gueltig_ab > vorige.gueltig_ab:
        return None
    return Hindernis(
        f"Fassung {vorige.version} gilt ab dem {vorige.gueltig_ab:%d.%m.%Y}. Die neue Fassung gilt "
        "von einem späteren Tag an."
    )


def baustein_durch_zweite_person(baustein: Textbaustein, by: User) -> Hindernis | None:
    """Vier-Augen-Grundsatz zu § 31 SGB I: who has written on a text does not release it."""
    geschrieben = {stand.bearbeitet_von_id for stand in baustein.events.all()}
    geschrieben |= {baustein.erstellt_von_id, baustein.bearbeitet_von_id}
    if not geschrieben & konten_der_person(by):
        return None
    return Hindernis(
        "Sie haben diesen Textbaustein selbst geschrieben. Über ihn entscheidet eine zweite Person "
        "der Fachadministration oder der Sachgebietsleitung.",
        "Vier-Augen-Grundsatz",
    )


def kein_offener_entwurf(baustein: Textbaustein, offen: bool | None = None) -> Hindernis | None:
    """§ 31 SGB I: of one text one draft is written at a time, else two would follow one.

    `offen` is the answer where a page has read it along.
    """
    if offen is None:
        rows = Textbaustein.objects.filter(kennung=baustein.kennung)
        offen = rows.filter(state=Bausteinzustand.ENTWURF).exists()
    if not offen:
        return None
    return Hindernis("Von diesem Textbaustein ist schon eine neue Fassung in Arbeit.")


def baustein_gilt_noch(baustein: Textbaustein, tag: date) -> Hindernis | None:
    """§ 31 SGB I: what has ended stays on record as it was."""
    if baustein.gueltig_bis is None or baustein.gueltig_bis >= tag:
        return None
    return Hindernis(f"Diese Fassung galt bis zum {baustein.gueltig_bis:%d.%m.%Y}.")


def baustein_ist_der_neueste(
    baustein: Textbaustein, andere: Textbaustein | None
) -> Hindernis | None:
    """§ 31 SGB I: the newest version is continued; an older one has been ended by it."""
    if andere is None or andere.version < baustein.version:
        return None
    return Hindernis(f"Fassung {andere.version} hat diese Fassung abgelöst.")
