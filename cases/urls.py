"""URLs of the floor `cases`, each with its roles and its object rule."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN
from cases.registry import FALL, route
from cases.states import Rolle
from cases.views import antrag, fall, frist, person, start

ALLE = tuple(Rolle)

urlpatterns = [
    route("", start.start, name="start", rollen=ALLE, menue="Mein Tag"),
    route("faelle/", start.faelle, name="faelle", rollen=FALLROLLEN, menue="Fälle"),
    route("suche/", start.suche, name="suche", rollen=FALLROLLEN, schreibt=True),
    route("hilfe/", start.hilfe, name="hilfe", rollen=ALLE),
    route("barrierefreiheit/", start.barrierefreiheit, name="barrierefreiheit", rollen=ALLE),
    route(
        "antrag/neu/",
        antrag.antrag_neu,
        name="antrag_neu",
        rollen=SCHREIBROLLEN,
        menue="Neuer Antrag",
        schreibt=True,
    ),
    route("faelle/<int:fall>/", fall.fall, name="fall", rollen=FALLROLLEN, objekt=FALL),
    route(
        "faelle/<int:fall>/chronik/",
        fall.chronik_seite,
        name="fall_chronik",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        "faelle/<int:fall>/fristen/",
        frist.fristen,
        name="fall_fristen",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        "faelle/<int:fall>/zustaendigkeit/",
        fall.zustaendigkeit,
        name="zustaendigkeit",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/weiterleiten/",
        fall.weiterleiten,
        name="weiterleiten",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/ueberpruefung/",
        fall.ueberpruefung,
        name="ueberpruefung",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/fortfuehren/",
        fall.fortfuehren,
        name="fortfuehren",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/beenden/",
        fall.beenden,
        name="beenden",
        rollen=(Rolle.LEITUNG,),
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/person/",
        person.person,
        name="person",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/anschrift/neu/",
        person.anschrift_neu,
        name="anschrift_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/wiedervorlagen/neu/",
        frist.wiedervorlage_neu,
        name="wiedervorlage_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/wiedervorlagen/<int:wiedervorlage>/erledigt/",
        frist.wiedervorlage_erledigt,
        name="wiedervorlage_erledigt",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
]
