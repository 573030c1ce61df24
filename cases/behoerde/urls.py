"""URLs of the room `behoerde`, each with its roles and its object rule."""

from __future__ import annotations

from cases.behoerde.views import behoerde, bild, eigener_wert, normen, werte, zeichnung
from cases.registry.routen import route
from cases.states.rolle import Rolle

WERTROLLEN = (Rolle.FACHADMINISTRATION, Rolle.LEITUNG)

urlpatterns = [
    route(
        "werte/",
        werte.werte,
        name="werte",
        rollen=(*WERTROLLEN, Rolle.REVISION),
        menue="Rechtsstand und Werte",
    ),
    route(
        "werte/normen/",
        normen.normen,
        name="werte_normen",
        rollen=(*WERTROLLEN, Rolle.REVISION),
    ),
    route(
        "werte/neu/",
        eigener_wert.eigener_wert_neu,
        name="eigener_wert_neu",
        rollen=(Rolle.FACHADMINISTRATION,),
    ),
    route(
        "werte/neu/<str:schluessel>/",
        eigener_wert.eigener_wert_eingeben,
        name="eigener_wert_eingeben",
        rollen=(Rolle.FACHADMINISTRATION,),
        schreibt=True,
    ),
    route(
        "werte/<int:wert>/freigeben/",
        eigener_wert.eigener_wert_freigeben,
        name="eigener_wert_freigeben",
        rollen=WERTROLLEN,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "werte/<int:wert>/verwerfen/",
        eigener_wert.eigener_wert_verwerfen,
        name="eigener_wert_verwerfen",
        rollen=WERTROLLEN,
        schreibt=True,
    ),
    route(
        "werte/<int:wert>/zuruecknehmen/",
        eigener_wert.eigener_wert_zuruecknehmen,
        name="eigener_wert_zuruecknehmen",
        rollen=WERTROLLEN,
        schreibt=True,
    ),
    route(
        "werte/<int:wert>/abloesen/",
        eigener_wert.eigener_wert_abloesen,
        name="eigener_wert_abloesen",
        rollen=WERTROLLEN,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "werte/<int:wert>/beibehalten/",
        eigener_wert.eigener_wert_beibehalten,
        name="eigener_wert_beibehalten",
        rollen=WERTROLLEN,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "behoerde/",
        behoerde.behoerde,
        name="behoerde",
        rollen=(*WERTROLLEN, Rolle.REVISION),
        menue="Behörde",
    ),
    route(
        "behoerde/aendern/",
        behoerde.behoerde_aendern,
        name="behoerde_aendern",
        rollen=(Rolle.FACHADMINISTRATION,),
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "behoerde/beispiel/",
        behoerde.aktenzeichen_beispiel,
        name="aktenzeichen_beispiel",
        rollen=(Rolle.FACHADMINISTRATION,),
    ),
    route(
        "behoerde/unterschrift/",
        zeichnung.behoerde_unterschrift,
        name="behoerde_unterschrift",
        rollen=(Rolle.FACHADMINISTRATION,),
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "behoerde/unterschrift/beispiel/",
        zeichnung.unterschrift_beispiel,
        name="unterschrift_beispiel",
        rollen=(Rolle.FACHADMINISTRATION,),
    ),
    route(
        "behoerde/bilder/",
        bild.bilder,
        name="behoerde_bilder",
        rollen=(*WERTROLLEN, Rolle.REVISION),
    ),
    route(
        "behoerde/bilder/<str:art>/neu/",
        bild.bild_neu,
        name="bild_neu",
        rollen=(Rolle.FACHADMINISTRATION,),
        schreibt=True,
    ),
    route(
        "behoerde/bilder/<int:bild>/ansicht/",
        bild.bild_ansicht,
        name="bild_ansicht",
        rollen=(*WERTROLLEN, Rolle.REVISION),
    ),
    route(
        "behoerde/bilder/<int:bild>/freigeben/",
        bild.bild_freigeben,
        name="bild_freigeben",
        rollen=WERTROLLEN,
        schreibt=True,
        bestaetigt=True,
    ),
    route(
        "behoerde/bilder/<int:bild>/verwerfen/",
        bild.bild_verwerfen,
        name="bild_verwerfen",
        rollen=WERTROLLEN,
        schreibt=True,
    ),
    route(
        "behoerde/bilder/<int:bild>/ablegen/",
        bild.bild_ablegen,
        name="bild_ablegen",
        rollen=WERTROLLEN,
        schreibt=True,
    ),
    route(
        "behoerde/teams/<int:team>/kuerzel/",
        behoerde.team_kuerzel,
        name="team_kuerzel",
        rollen=(Rolle.FACHADMINISTRATION,),
        schreibt=True,
    ),
    route(
        "behoerde/teams/<int:team>/dienststelle/",
        behoerde.team_dienststelle,
        name="team_dienststelle",
        rollen=(Rolle.FACHADMINISTRATION,),
        schreibt=True,
        bestaetigt=True,
    ),
]
