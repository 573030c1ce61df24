"""Handover, absence, assignments, reopening: URLs with their rights."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN, TAGESROLLEN
from cases.registry import FALL, route
from cases.states import Rolle
from cases.views import abschluss, abwesenheit, uebergabe, zuweisung

LEITUNG = (Rolle.LEITUNG,)

urlpatterns = [
    route(
        "uebergaben/",
        uebergabe.uebergaben,
        name="uebergaben",
        rollen=SCHREIBROLLEN,
        menue="Übergaben",
    ),
    route(
        "uebergaben/neu/",
        uebergabe.uebergabe_neu,
        name="uebergabe_neu",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(
        "uebergaben/<int:uebergabe>/", uebergabe.uebergabe, name="uebergabe", rollen=SCHREIBROLLEN
    ),
    route(
        "uebergaben/<int:uebergabe>/rueckgaengig/",
        uebergabe.uebergabe_rueckgaengig,
        name="uebergabe_rueckgaengig",
        rollen=LEITUNG,
        schreibt=True,
    ),
    route(
        "uebergaben/<int:uebergabe>/gelesen/",
        uebergabe.uebergabe_gelesen,
        name="uebergabe_gelesen",
        rollen=SCHREIBROLLEN,
        schreibt=True,
    ),
    route(
        "abwesenheiten/",
        abwesenheit.abwesenheiten,
        name="abwesenheiten",
        rollen=TAGESROLLEN,
        menue="Abwesenheiten",
    ),
    route(
        "abwesenheiten/neu/",
        abwesenheit.abwesenheit_neu,
        name="abwesenheit_neu",
        rollen=TAGESROLLEN,
        schreibt=True,
    ),
    route(
        "abwesenheiten/<int:abwesenheit>/beenden/",
        abwesenheit.abwesenheit_beenden,
        name="abwesenheit_beenden",
        rollen=TAGESROLLEN,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/zustaendige/",
        zuweisung.fall_zustaendige,
        name="fall_zustaendige",
        rollen=FALLROLLEN,
        objekt=FALL,
    ),
    route(
        "faelle/<int:fall>/zustaendige/neu/",
        zuweisung.zuweisung_neu,
        name="zuweisung_neu",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/zustaendige/<int:zuweisung>/beenden/",
        zuweisung.zuweisung_beenden,
        name="zuweisung_beenden",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/uebergeben/",
        uebergabe.fall_uebergeben,
        name="fall_uebergeben",
        rollen=LEITUNG,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/beenden/",
        abschluss.beenden,
        name="beenden",
        rollen=LEITUNG,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "faelle/<int:fall>/wiederaufnehmen/",
        abschluss.wiederaufnehmen,
        name="wiederaufnehmen",
        rollen=LEITUNG,
        objekt=FALL,
        schreibt=True,
    ),
]
