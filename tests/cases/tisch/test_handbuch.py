"""The handbook inside the program, and that its sentences about start page and rights are true."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from cases.states.rolle import Rolle
from cases.tisch.queries.handbuch import chapters_of
from tests.fabriken import make_behoerde, make_fall, make_fallmanager, make_user

pytestmark = pytest.mark.django_db
HANDBUCH = settings.BASE_DIR / "docs" / "handbuch"
# Role, its page, what the page says about the first page after the log-in, and that page.
STARTSEITEN = [
    (Rolle.FALLMANAGEMENT, "fallmanagement", "Beginnen Sie mit **Mein Tag**", "start"),
    (
        Rolle.LEITUNG,
        "sachgebietsleitung",
        "**Mein Tag** zeigt oben, was auf Ihre Freigabe",
        "start",
    ),
    (Rolle.FACHDIENST, "fachdienst", "**Mein Tag** zeigt, worum Sie", "start"),
    (Rolle.KASSE, "kasse", "Nach der Anmeldung öffnet sich **Auszahlungen**", "auszahlungen"),
    (Rolle.REVISION, "revision", "Nach der Anmeldung öffnet sich **Fälle**", "faelle"),
    (
        Rolle.DATENSCHUTZ,
        "datenschutz",
        "Nach der Anmeldung öffnet sich **Datenschutz**",
        "datenschutz",
    ),
    (Rolle.FACHADMINISTRATION, "fachadministration", "öffnet sich **Mein Tag**", "start"),
    (
        Rolle.BERECHTIGUNG,
        "berechtigungsverwaltung",
        "Nach der Anmeldung öffnet sich **Mein Tag**",
        "start",
    ),
]
# Role, its page, a sentence about a right, an address of a case and whether it opens.
RECHTE = [
    (
        Rolle.FACHDIENST,
        "fachdienst",
        "Das Persönliche Budget mit Konto und Beträgen sehen Sie nicht",
        "budget",
        403,
    ),
    (Rolle.FACHDIENST, "fachdienst", "schreiben Sie als **Vermerk**", "vermerk_neu", 200),
    (Rolle.FACHDIENST, "fachdienst", "Alles Übrige ändert das Fallmanagement", "person", 403),
    (Rolle.REVISION, "revision", "Sie lesen und ändern nichts", "vermerk_neu", 403),
    (Rolle.KASSE, "kasse", "keine Diagnosen, keine Pläne, keine Fälle", "fall", 403),
    (Rolle.FACHADMINISTRATION, "fachadministration", "In Fälle sehen Sie nicht", "fall", 403),
    (Rolle.BERECHTIGUNG, "berechtigungsverwaltung", "In Fälle sehen Sie nicht", "fall", 403),
    (Rolle.DATENSCHUTZ, "datenschutz", "Fallinhalte sehen Sie nicht", "fall", 403),
]


def _sagt(seite: str, satz: str) -> bool:
    text = (HANDBUCH / f"{seite}.md").read_text(encoding="utf-8")
    return satz in " ".join(text.split())


@pytest.mark.parametrize(("rolle", "seite", "satz", "ziel"), STARTSEITEN)
def test_first_page_is_the_one_of_the_handbook(client, rolle, seite, satz, ziel):
    make_behoerde()
    assert _sagt(seite, satz)
    client.force_login(make_user("wer", rolle))
    response = client.get(reverse("start"))
    if ziel == "start":
        assert response.status_code == 200
    else:
        assert response["Location"] == reverse(ziel)


@pytest.mark.parametrize(("rolle", "seite", "satz", "route", "status"), RECHTE)
def test_rights_are_those_of_the_handbook(client, rolle, seite, satz, route, status):
    make_behoerde()
    case = make_fall(make_fallmanager())
    user = make_user("wer", rolle)
    if rolle is Rolle.FACHDIENST:
        case.zuweisungen.create(
            user=user,
            rolle=rolle,
            art="fachdienst",
            von=case.eroeffnet_am,
            grund="Bedarf einschätzen",
        )
    assert _sagt(seite, satz)
    client.force_login(user)
    assert client.get(reverse(route, args=[case.pk])).status_code == status


@pytest.mark.parametrize("rolle", Rolle.values)
def test_help_has_the_chapter_of_the_role_and_no_other(client, rolle):
    make_behoerde()
    client.force_login(make_user("wer", rolle))
    response = client.get(reverse("hilfe"))
    titel = [kapitel.titel for kapitel in response.context["kapitel"]]
    assert titel == ["Für alle", rolle]
    assert "**" not in response.text
    assert "](" not in response.text


def test_chapters_read_lists_tables_and_bold_words():
    _alle, kapitel = chapters_of({Rolle.FALLMANAGEMENT.value})
    arten = {block.art for block in kapitel.bloecke}
    assert arten == {"titel", "absatz", "punkte", "schritte", "tabelle"}
    erste = next(block for block in kapitel.bloecke if block.art == "absatz")
    assert next(s.text for s in erste.zeilen[0][0] if s.fett) == "Mein Tag"
