"""Month and week as a table, and the secret address for calendar programs."""

from __future__ import annotations

import hashlib
import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import BaseCache, cache, caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.services.kalenderzugang import end_kalenderzugang
from cases.states.rolle import Rolle
from cases.tisch.export import build_calendar
from cases.tisch.forms import KalenderzugangForm
from cases.tisch.queries.kalender import (
    calendar_days,
    entries_for_feed,
    get_kalenderzugang,
    week_of,
    weeks_of_month,
)
from cases.tisch.services.kalenderzugang import read_kalenderzugang, renew_kalenderzugang
from cases.views.formular import run_form, run_step
from recht.feiertag import JAHR_BIS, JAHR_VON

if TYPE_CHECKING:
    from cases.registry.aufruf import CaseRequest

logger = logging.getLogger("fallwerk.kalender")

WOCHENTAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
# A calendar program asks every few hours; more often is a fault or an attack.
_ABRUFE, _FENSTER = 60, 3600


def kalender(request: CaseRequest) -> HttpResponse:
    """Show one month; `tag` names a day in it."""
    heute = timezone.localdate()
    tag = _day(request.GET.get("tag", ""), heute)
    wochen = weeks_of_month(tag)
    tage = [t for woche in wochen for t in woche]
    team = _team(request)
    found = calendar_days(request.user, tage, heute, team=team, monat=tag.month)
    davor, danach = tage[7] - timedelta(days=14), (tag.replace(day=1) + timedelta(days=32))
    return render(
        request,
        "cases/tisch/kalender/monat.html",
        {
            **_context(request, tag, team),
            "titel": "Kalender",
            "wochen": [[found[t] for t in woche] for woche in wochen],
            "tage": [found[t] for t in tage if found[t].im_monat and found[t].eintraege],
            "davor": _link("kalender", davor.replace(day=1), team),
            "danach": _link("kalender", danach.replace(day=1), team),
        },
    )


def kalender_woche(request: CaseRequest) -> HttpResponse:
    """Show one week with all its entries."""
    heute = timezone.localdate()
    tag = _day(request.GET.get("tag", ""), heute)
    tage, team = week_of(tag), _team(request)
    found = calendar_days(request.user, tage, heute, team=team)
    return render(
        request,
        "cases/tisch/kalender/woche.html",
        {
            **_context(request, tag, team),
            "titel": "Kalender: Woche",
            "tage": [found[t] for t in tage],
            "kalenderwoche": tag.isocalendar().week,
            "davor": _link("kalender_woche", tage[0] - timedelta(days=7), team),
            "danach": _link("kalender_woche", tage[0] + timedelta(days=7), team),
        },
    )


def kalender_abo(request: CaseRequest) -> HttpResponse:
    """Show whether there is a secret address; a new one is shown once, here."""
    schluessel: list[str] = []

    def act(form: KalenderzugangForm) -> str:
        schluessel.append(renew_kalenderzugang(user=request.user, tag=timezone.localdate()))
        return reverse("kalender_abo")

    response = run_form(
        request,
        KalenderzugangForm,
        template="cases/tisch/kalender/abo.html",
        context=_abo_context(request),
        act=act,
    )
    if not schluessel:
        return response
    adresse = urljoin(settings.PUBLIC_URL, reverse("kalender_feed", args=[schluessel[0]]))
    context = {**_abo_context(request), "adresse": adresse, "form": KalenderzugangForm()}
    return render(request, "cases/tisch/kalender/abo.html", context)


def kalender_abo_beenden(request: CaseRequest) -> HttpResponse:
    """End the secret address."""

    def act() -> str:
        end_kalenderzugang(user=request.user)
        return reverse("kalender_abo")

    done = "Die Adresse gilt nicht mehr."
    return run_step(request, act=act, back=reverse("kalender_abo"), done=done)


def kalender_feed(request: HttpRequest, schluessel: str) -> HttpResponse:
    """Answer a calendar program; whatever is wrong, the answer is the same 404.

    Calls count against the key, never against the address: behind one proxy sit many, and whoever
    tries wrong keys must not shut out a right one.
    """
    now = timezone.now()
    zugang = read_kalenderzugang(schluessel=schluessel, now=now)
    # Of made-up keys there are any number; only the real ones have a row that all processes share.
    zaehlt: BaseCache = cache if zugang else caches["prozess"]
    if _too_many(zaehlt, hashlib.sha256(schluessel.encode()).hexdigest()):
        return HttpResponse(
            "Zu viele Abrufe.", status=429, content_type="text/plain; charset=utf-8"
        )
    if zugang is None:
        logger.warning("Kalenderabruf abgewiesen")
        raise Http404
    logger.info("Kalenderabruf", extra={"user_id": zugang.user_id})
    fristen, vorlagen = entries_for_feed(zugang.user, timezone.localdate())
    body = build_calendar(fristen, vorlagen, adresse=settings.PUBLIC_URL, now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fristen.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _too_many(zaehlt: BaseCache, schluessel: str) -> bool:
    name = f"kalenderabruf:{schluessel}"
    zaehlt.add(name, 0, _FENSTER)
    return bool(zaehlt.incr(name) > _ABRUFE)


def _day(text: str, heute: date) -> date:
    try:
        tag = date.fromisoformat(text)
    except ValueError:
        return heute
    # The weeks of a month reach into its neighbours; those must have holidays, too.
    return tag if JAHR_VON < tag.year < JAHR_BIS else heute


def _team(request: CaseRequest) -> bool:
    """Whether the led teams are shown: whoever leads sees them unless she asks for her own."""
    return request.user.has_rolle(Rolle.LEITUNG) and request.GET.get("team") != "0"


def _link(name: str, tag: date, team: bool) -> str:
    return f"{reverse(name)}?tag={tag.isoformat()}&team={int(team)}"


def _context(request: CaseRequest, tag: date, team: bool) -> dict[str, Any]:
    return {
        "tag": tag,
        "team": team,
        "ist_leitung": request.user.has_rolle(Rolle.LEITUNG),
        "wochentage": WOCHENTAGE,
        "monat_url": _link("kalender", tag, team),
        "woche_url": _link("kalender_woche", tag, team),
        "heute_url": reverse("kalender"),
    }


def _abo_context(request: CaseRequest) -> dict[str, Any]:
    return {
        "titel": "Kalender abonnieren",
        "zugang": get_kalenderzugang(request.user),
        "zurueck": reverse("kalender"),
    }
