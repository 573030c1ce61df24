"""Handover, absence, assignments, reopening: URLs with their rights."""

from __future__ import annotations

from cases.access import FALLROLLEN, SCHREIBROLLEN, TAGESROLLEN
from cases.fall.views import (
    abschluss,
    fall,
    fallliste,
    notfallzugriff,
    tod,
    uebergabe,
    zuweisung,
)
from cases.registry.routen import FALL, route
from cases.states.rolle import Rolle
from cases.states.zugang import Abrufart

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
        bestaetigt=True,
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
        bestaetigt=True,
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
        bestaetigt=True,
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
    route(
        "faelle/",
        fallliste.faelle,
        name="faelle",
        rollen=FALLROLLEN,
        menue="Fälle",
        abruf=Abrufart.LISTE,
    ),
    route("faelle/<int:fall>/", fall.fall, name="fall", rollen=FALLROLLEN, objekt=FALL),
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
        "faelle/<int:fall>/tod/",
        tod.tod,
        name="tod",
        rollen=SCHREIBROLLEN,
        objekt=FALL,
        schreibt=True,
    ),
    route(
        "notfallzugriff/",
        notfallzugriff.notfallzugriff,
        name="notfallzugriff",
        rollen=TAGESROLLEN,
        menue="Notfallzugriff",
        schreibt=True,
    ),
    route(
        "notfallzugriffe/",
        notfallzugriff.notfallzugriffe,
        name="notfallzugriffe",
        rollen=(Rolle.LEITUNG, Rolle.DATENSCHUTZ),
        menue="Notfallzugriffe prüfen",
    ),
    route(
        "notfallzugriffe/<int:notfall>/",
        notfallzugriff.notfall_pruefen,
        name="notfall_pruefen",
        rollen=(Rolle.LEITUNG, Rolle.DATENSCHUTZ),
        schreibt=True,
    ),
]
