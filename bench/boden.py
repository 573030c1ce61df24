"""The floor page: frame, login, one query, one read row. What a page costs is told beside it.

This module is the tree of URLs of the program with one more page; `bench.wsgi` serves it to a
real gunicorn, and the measurements within one process name it as ROOT_URLCONF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from cases.access import rolle_of
from cases.models import Case, Lesezugriff
from cases.registry.routen import route
from cases.states.rolle import Rolle
from config import urls

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

URLCONF = "bench.boden"


def boden(request: CaseRequest, nummer: int) -> HttpResponse:
    """Do what no page of a case can go without, and nothing else."""
    aktenzeichen = Case.objects.values_list("aktenzeichen", flat=True).get(pk=nummer)
    Lesezugriff.objects.create(
        case_id=nummer,
        user=request.user,
        route="boden",
        als=rolle_of(request.user),
        grund="zustaendig",
    )
    return render(request, "base.html", {"titel": aktenzeichen})


urlpatterns = [
    route("boden/<int:nummer>/", boden, name="boden", rollen=Rolle.values),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
