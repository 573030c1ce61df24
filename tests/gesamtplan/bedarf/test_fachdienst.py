"""What the Fachdienst writes into a case that is assigned to it: the need, the group, no more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Hilfebedarfseinstufung
from cases.states.rolle import Rolle
from gesamtplan.bedarf.schritte import BEDARFSSCHRITTE, Bedarfslage
from gesamtplan.models import Bedarfsermittlung
from tests.fabriken import HEUTE, make_user
from tests.gesamtplan.bausteine import make_ermittlung, make_zustaendigen_fall

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(fallmanager):
    return make_zustaendigen_fall(fallmanager)


@pytest.fixture
def fachdienst(case):
    user = make_user("fachdienst", Rolle.FACHDIENST)
    case.zuweisungen.create(
        user=user, rolle=Rolle.FACHDIENST, art="fachdienst", von=HEUTE, grund="Bedarf"
    )
    return user


def test_fachdienst_begins_and_writes_the_need_but_does_not_settle_it(client, case, fachdienst):
    client.force_login(fachdienst)
    assert "Bedarfsermittlung beginnen" in client.get(reverse("bedarf", args=[case.pk])).text
    formular = client.get(reverse("bedarf_neu", args=[case.pk]))
    assert (formular.status_code, "abschließen" in formular.text) == (200, False)
    row = make_ermittlung(case, fachdienst)
    assert Bedarfsermittlung.objects.get() == row
    seite = reverse("bedarf_bearbeiten", args=[case.pk, row.pk])
    assert client.get(seite).status_code == 200
    assert client.get(reverse("bedarf_abschliessen", args=[case.pk, row.pk])).status_code == 403
    lage = Bedarfslage(fachdienst, HEUTE, case, row)
    assert [s.titel for s in BEDARFSSCHRITTE.schritte(lage, "bearbeiten", "abschliessen")] == [
        "Bedarf eintragen"
    ]


def test_fachdienst_enters_the_group_and_no_other_fact(client, case, fachdienst):
    client.force_login(fachdienst)
    seite = client.get(reverse("fall_person", args=[case.pk])).text
    ziel = reverse("hilfebedarfsgruppe_neu", args=[case.pk])
    assert f'href="{ziel}"' in seite
    assert seite.count("/neu/") == seite.count(ziel)
    vorher = Hilfebedarfseinstufung.objects.count()
    antwort = client.post(ziel, {"hilfebedarfsgruppe": "4", "gueltig_ab": f"{HEUTE:%d.%m.%Y}"})
    assert antwort.status_code == 302, antwort.context["form"].errors
    assert Hilfebedarfseinstufung.objects.count() == vorher + 1
    andere = reverse("angabe_neu", args=[case.pk, "wohnsituationen"])
    assert client.get(andere).status_code == 403
