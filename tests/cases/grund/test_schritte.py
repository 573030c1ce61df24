"""What a row of a step says to the button, the list of gates and the service."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.db.models import TextChoices

from cases.models import User
from cases.registry.schritt import Hindernis
from cases.schritte import Folge, Lage, Pruefung, Schritttafel, Zeile, passt
from cases.states.tafel import SchrittUnzulaessig, Uebergang, Zustandstafel


class Stand(TextChoices):
    NEU = "neu", "neu"
    FERTIG = "fertig", "fertig"


CHEF, ANDERE = frozenset({"Chef"}), frozenset({"Andere"})
TAFEL = Zustandstafel(
    "Probe",
    Stand,
    (
        Uebergang("tun", "Tun", (Stand.NEU,), Stand.FERTIG, CHEF, "§ 1 Probe"),
        Uebergang("danach", "Danach", (Stand.FERTIG,), "", CHEF),
        Uebergang("nebenbei", "Nebenbei", (Stand.NEU,), Stand.FERTIG, CHEF),
    ),
)


@dataclass(frozen=True)
class Probelage(Lage):
    stand: str = Stand.NEU
    gefragt: list[str] = field(default_factory=list)


def _frage(name, *texte):
    def frage(lage):
        lage.gefragt.append(name)
        return [Hindernis(text, "§ 2 Probe") for text in texte]

    return frage


def tafel(*pruefungen, **zeile) -> Schritttafel:
    return Schritttafel(
        TAFEL,
        lambda lage: lage.stand,
        lambda lage: [7],
        (
            Zeile("tun", "fall", tuple(pruefungen), **zeile),
            Zeile(
                "danach",
                "fall",
                noch_nicht=lambda lage: Hindernis("Erst tun."),
                bald=(Stand.NEU,) if not zeile else (),
            ),
        ),
        (Folge("nebenbei", "Probe: tun"),),
    )


def user(rollen=CHEF) -> User:
    person = User(username="probe")
    person.rollen = rollen
    return person


def refusal(t, lage, schritt="tun") -> str:
    with pytest.raises(SchrittUnzulaessig) as caught:
        t.require(lage, schritt)
    return caught.value.text


def test_open_step_has_a_button_and_a_new_state():
    t, lage = tafel(), Probelage(user())
    knopf = t.schritt(lage, "tun")
    assert (knopf.titel, knopf.url, knopf.hindernisse) == ("Tun", "/faelle/7/", ())
    assert t.require(lage, "tun") == "fertig"
    assert t.require(Probelage(user(), Stand.FERTIG), "danach") == "fertig"


def test_each_guard_is_asked_once_in_a_lage():
    t = tafel(
        Pruefung(_frage("a"), "A", "§ 3 Probe"), Pruefung(_frage("b", "B fehlt.", "B fehlt auch."))
    )
    lage = Probelage(user())
    assert [h.text for h in t.schritt(lage, "tun").hindernisse] == ["B fehlt.", "B fehlt auch."]
    assert [(tor.titel, tor.norm, tor.offen) for tor in t.tore(lage, "tun")] == [
        ("A", "§ 3 Probe", True)
    ]
    assert refusal(t, lage) == "B fehlt. B fehlt auch."
    assert lage.gefragt == ["a", "b"]
    assert refusal(t, Probelage(user())) == "B fehlt. B fehlt auch."


def test_guard_that_hides_leaves_no_button_and_still_refuses():
    t = tafel(Pruefung(_frage("a", "Nicht hier."), verbirgt=True))
    assert t.schritt(Probelage(user()), "tun") is None
    assert refusal(t, Probelage(user())) == "Nicht hier."


def test_other_role_sees_nothing_or_the_sentence_for_it():
    lage = Probelage(user(ANDERE))
    assert tafel().schritt(lage, "tun") is None
    assert refusal(tafel(), lage) == "„Tun“ ist der Rolle Chef vorbehalten."
    t = tafel(vorbehalt=lambda lage: Hindernis("Das tut der Chef."), sichtbar=ANDERE)
    assert [h.text for h in t.schritt(lage, "tun").hindernisse] == ["Das tut der Chef."]
    assert refusal(t, lage) == "Das tut der Chef."
    assert t.schritt(Probelage(user(frozenset())), "tun") is None


def test_step_that_comes_later_is_shown_closed_only_where_it_is_next():
    lage = Probelage(user())
    assert [h.text for h in tafel().schritt(lage, "danach").hindernisse] == ["Erst tun."]
    assert refusal(tafel(), lage, "danach") == "Erst tun."
    ohne = tafel(haupt=True)
    assert ohne.schritt(lage, "danach") is None
    assert refusal(ohne, lage, "danach") == "Erst tun."


def test_way_to_the_page_asks_only_what_is_asked_before():
    t = tafel(
        Pruefung(_frage("a", "A fehlt.")),
        Pruefung(_frage("b", "B fehlt."), vorab=True),
        eingang="Prüfen und tun",
        methode="post",
    )
    weg = t.eingang(Probelage(user()), "tun")
    assert (weg.titel, weg.methode, [h.text for h in weg.hindernisse]) == (
        "Prüfen und tun",
        "get",
        ["B fehlt."],
    )
    assert t.schritt(Probelage(user()), "tun").methode == "post"


def test_program_is_asked_for_no_role_and_sees_no_button():
    t = tafel(Pruefung(_frage("a", "A fehlt.")))
    assert tafel().require(Probelage(None), "tun") == "fertig"
    assert refusal(t, Probelage(None)) == "A fehlt."
    assert t.require_stand(Probelage(None), "tun") == "fertig"
    assert t.schritt(Probelage(None), "tun") is None


def test_step_without_a_row_is_a_programming_error():
    with pytest.raises(KeyError, match="nebenbei hat keine Zeile"):
        tafel().zeile("nebenbei")


def test_passt_tells_whether_another_object_can_follow():
    assert passt(TAFEL, "tun", "neu") is None
    assert passt(TAFEL, "tun", "fertig").text == "„Tun“ ist im Zustand „fertig“ nicht möglich."
