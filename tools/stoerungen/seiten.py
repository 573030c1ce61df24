"""Faults under the pages: what was said to be stored is stored, once, and nothing typed is lost."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.urls import reverse

from cases.fall.services.case import lock_case
from cases.models import Antrag, Case, Entwurf, Vermerk
from cases.services.entwurf import new_vorgang
from cases.services.sperre import lock_row
from cases.states.rolle import Rolle
from tools.stoerungen import bestand
from tools.stoerungen.browser import Antwort, Browser, session_of
from tools.stoerungen.haus import Dienst, Haus
from tools.stoerungen.proxy import Leitung
from tools.stoerungen.tafel import Ergebnis

_SCHREIBENDE = 8


@dataclass
class Szene:
    """People at their desks, each with a case of their own; the pages answer."""

    haus: Haus
    leute: list[Browser]
    faelle: list[Case]

    def each(self, n: int, work: Callable[[Browser, Case, int], object]) -> list[object]:
        """Do the work n times, spread over the people, side by side."""

        def one(k: int) -> object:
            desk = k % len(self.leute)
            try:
                return work(self.leute[desk], self.faelle[desk], k)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(self.leute)) as pool:
            return list(pool.map(one, range(n)))


def scene(haus: Haus) -> Szene:
    """Open the pages and seat the people."""
    haus.web.start()
    leute, faelle = [], []
    for _ in range(_SCHREIBENDE):
        user = bestand.person_of_staff("schreibend", Rolle.FALLMANAGEMENT)
        faelle.extend(bestand.open_cases(1, user))
        leute.append(Browser(haus.address, user, session_of(user)))
    _wait(leute[0])
    return Szene(haus, leute, faelle)


def _wait(browser: Browser) -> None:
    until = time.monotonic() + 60
    while browser.get("/gesund/").status != 200:
        if time.monotonic() > until:
            raise RuntimeError("Die Seiten antworten nicht.")
        time.sleep(0.2)


def _stored(szene: Szene) -> Counter[str]:
    """Return how often each note is there, by its words."""
    rows = Vermerk.objects.filter(case__in=szene.faelle)
    return Counter(row.text for row in rows)


def _saving(haus: Haus, n: int, strike: Callable[[], None], alle_s: float) -> Ergebnis:
    """Have people save notes while the fault strikes; compare their ledger with the database."""
    haus.rest()
    szene = scene(haus)
    schlaege, began = 0, time.monotonic()
    getan: list[int] = []

    def save(browser: Browser, case: Case, k: int) -> int:
        versuche = browser.note_until_said(case, f"Notiz {k}")
        getan.append(k)
        return versuche

    with ThreadPoolExecutor(1) as pool:
        alle = pool.submit(szene.each, n, save)
        zuletzt = 0
        while not alle.done():
            time.sleep(alle_s)
            # Somebody gets on with it between two strikes: else nothing but waiting is measured.
            if len(getan) >= zuletzt + max(n // 15, 2 * _SCHREIBENDE):
                zuletzt = len(getan)
                strike()
                schlaege += 1
        versuche = alle.result()
    dauer = time.monotonic() - began
    connection.close()
    _wait(szene.leute[0])
    stored = _stored(szene)
    return Ergebnis(
        n,
        verloren=sum(bool(v) and not stored[f"Notiz {k}"] for k, v in enumerate(versuche)),
        doppelt=sum(anzahl - 1 for anzahl in stored.values() if anzahl > 1),
        unerklaert=versuche.count(0),
        ruhe_s=dauer,
        bemerkung=f"{schlaege}-mal gestört, {sum(v != 1 for v in versuche)} Eingaben mehrmals "
        "gesendet",
    )


def f07(haus: Haus, n: int) -> Ergebnis:
    """Restart PostgreSQL, in turn fast and at once, under people who save."""
    wishes = [signal.SIGINT, signal.SIGQUIT]

    def strike() -> None:
        wishes.reverse()
        haus.restart_pg(wishes[0])

    return _saving(haus, n, strike, 0.3)


def f08(haus: Haus, n: int) -> Ergebnis:
    """Kill -9 the postmaster under people who save."""
    return _saving(haus, n, lambda: haus.restart_pg(signal.SIGKILL), 0.3)


def f18(haus: Haus, n: int) -> Ergebnis:
    """Restart the pages (HUP) and kill -9 their processes under people who save."""
    runde = [0]

    def strike() -> None:
        runde[0] += 1
        if runde[0] % 2:
            haus.web.signal(signal.SIGHUP)
            return
        for child in haus.web.children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    return _saving(haus, n, strike, 0.3)


def _beside(haus: Haus) -> tuple[Leitung, Dienst]:
    """Return pages that reach the database over a line of ours, on a port of their own."""
    ziel = Path(haus.cluster.sockets) / ".s.PGSQL.5432"
    leitung = Leitung(ziel, Path(haus.env["FALLWERK_REDIS"]).parent / "pg")
    host, port = haus.address
    command = [
        f"{host}:{port + 1}" if word == f"{host}:{port}" else word for word in haus.web.command
    ]
    url = haus.env["DATABASE_URL"].partition("?")[0]
    url = f"{url}?host={str(leitung.folder).replace('/', '%2F')}"
    return leitung, Dienst("web2", command, {**haus.env, "DATABASE_URL": url})


def f09(haus: Haus, n: int) -> Ergebnis:
    """Cut the line to the database just after COMMIT: the repetition finds the first result."""
    haus.rest()
    szene = scene(haus)
    leitung, web = _beside(haus)
    web.start()
    try:
        for browser in szene.leute:
            browser.address = (browser.address[0], browser.address[1] + 1)
        _wait(szene.leute[0])
        leitung.schneidet_je = 4
        began = time.monotonic()
        versuche = szene.each(n, lambda browser, case, k: browser.note_until_said(case, f"Cut {k}"))
        leitung.schneidet_je = 0
        stored = _stored(szene)
    finally:
        web.stop()
        leitung.close()
    return Ergebnis(
        n,
        verloren=sum(bool(v) and not stored[f"Cut {k}"] for k, v in enumerate(versuche)),
        doppelt=sum(anzahl - 1 for anzahl in stored.values() if anzahl > 1),
        unerklaert=versuche.count(0) + int(leitung.geschnitten == 0),
        ruhe_s=time.monotonic() - began,
        bemerkung=f"{leitung.geschnitten} Leitungen nach COMMIT geschnitten",
    )


def f10(haus: Haus, n: int) -> Ergebnis:
    """Sixteen at once, half of them case first, half of them the application first."""
    haus.rest()
    by = bestand.person_of_staff("fallmanager", Rolle.FALLMANAGEMENT)
    [case] = bestand.open_cases(1, by)
    antrag = Antrag.objects.get(case=case)
    began = time.monotonic()

    def one(k: int) -> str:
        steps = [lambda: lock_case(case.pk), lambda: lock_row(Antrag.objects.all(), antrag.pk)]
        try:
            with transaction.atomic():
                for step in steps if k % 2 else steps[::-1]:
                    step()
            return ""
        except Exception as error:
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        fehler = [e for e in pool.map(one, range(n)) if e]
    return Ergebnis(
        n,
        unerklaert=len(fehler),
        ruhe_s=time.monotonic() - began,
        bemerkung=", ".join(sorted(set(fehler))),
    )


def f15(haus: Haus, n: int) -> Ergebnis:
    """Two correct the same note from the same page: the second sees both texts, loses neither."""
    haus.rest()
    szene = scene(haus)
    began = time.monotonic()

    def pair(browser: Browser, case: Case, k: int) -> tuple[int, int]:
        browser.note(case, f"Erste Fassung {k}")
        row = next(r for r in Vermerk.objects.filter(case=case) if r.text == f"Erste Fassung {k}")
        path = reverse("vermerk_berichtigen", args=[case.pk, row.pk])
        page = browser.get(path).text
        felder = {name: _hidden(page, name) for name in ("gesehen", "basis")}
        felder |= {"art": "telefonat", "am": f"{row.am:%d.%m.%Y}"}
        texts = [f"Von der einen {k}", f"Von der anderen {k}"]
        answers = [
            browser.call(
                "POST", path, {**felder, "vorgang": new_vorgang(browser.user.pk), "text": t}
            )
            for t in texts
        ]
        both = all(text in answers[1].text for text in texts)
        return int(answers[0].status != 302), int(answers[1].status != 422 or not both)

    found = [pair_ for pair_ in szene.each(n, pair) if isinstance(pair_, tuple)]
    return Ergebnis(
        n,
        verloren=sum(zweite for _, zweite in found) + n - len(found),
        unerklaert=sum(erste for erste, _ in found),
        ruhe_s=time.monotonic() - began,
    )


def _hidden(page: str, name: str) -> str:
    head, mark, rest = page.partition(f'name="{name}"')
    start = head.rpartition("<")[2] + mark + rest.partition(">")[0]
    return start.partition('value="')[2].partition('"')[0] if mark else ""


def f16(haus: Haus, n: int) -> Ergebnis:
    """Eight equal submissions at once: one effect, and all eight lead to it."""
    haus.rest()
    szene = scene(haus)
    began, runden = time.monotonic(), max(1, n // 8)
    orte: list[set[str]] = []
    schlecht = 0
    for k in range(runden):
        browser, case = szene.leute[k % _SCHREIBENDE], szene.faelle[k % _SCHREIBENDE]
        vorgang = new_vorgang(browser.user.pk)
        with ThreadPoolExecutor(8) as pool:
            answers: list[Antwort] = list(
                pool.map(lambda _: browser.note(case, f"Doppelt {k}", vorgang), range(8))  # noqa: B023
            )
        orte.append({answer.ort for answer in answers})
        schlecht += sum(not answer.zugesagt for answer in answers)
    stored = _stored(szene)
    return Ergebnis(
        8 * runden,
        verloren=sum(not stored[f"Doppelt {k}"] for k in range(runden)),
        doppelt=sum(anzahl - 1 for anzahl in stored.values() if anzahl > 1),
        unerklaert=schlecht + sum(len(ziele) != 1 for ziele in orte),
        ruhe_s=time.monotonic() - began,
    )


def f17(haus: Haus, n: int) -> Ergebnis:
    """The session is gone when the form is sent: what was typed waits as a draft."""
    haus.rest()
    szene = scene(haus)
    began = time.monotonic()

    def lose(browser: Browser, case: Case, k: int) -> bool:
        alt = session_of(browser.user)
        Session.objects.filter(session_key=alt).delete()
        fremd = Browser(browser.address, browser.user, alt)
        path = reverse("vermerk_neu", args=[case.pk])
        text = f"Lange getippt {k} " + "x" * 2_000
        answer = fremd.note(case, text)
        kept = Entwurf.objects.filter(user=browser.user, pfad=path).first()
        return not answer.zugesagt and kept is not None and text in kept.daten

    gut = 0
    for k in range(n):
        desk = k % _SCHREIBENDE
        gut += bool(lose(szene.leute[desk], szene.faelle[desk], k))
    return Ergebnis(n, verloren=n - gut, ruhe_s=time.monotonic() - began)


def f30(haus: Haus, n: int) -> Ergebnis:
    """The database answers 20 ms later at each step, the mail server keeps silent: pages go on."""
    haus.work()
    szene = scene(haus)
    leitung, web = _beside(haus)
    web.start()
    try:
        for browser in szene.leute:
            browser.address = (browser.address[0], browser.address[1] + 1)
        _wait(szene.leute[0])
        pages = max(40, n // 4)
        ruhig = _p95(szene, pages)
        haus.post.play(gruss="schweigen")
        keys = bestand.order_notices(20)
        stumm = _p95(szene, pages)
        haus.post.play()
        leitung.verzug = 0.02
        langsam = _p95(szene, pages)
        leitung.verzug = 0.0
        schluss = bestand.settle(keys.values(), haus=haus, hoechstens=120)
        post = bestand.balance(haus, keys, schluss)
    finally:
        web.stop()
        leitung.close()
    return Ergebnis(
        3 * pages + len(keys),
        verloren=post.verloren,
        doppelt=post.doppelt,
        unerklaert=post.unerklaert + int(stumm > 3 * ruhig + 0.1) + int(langsam > 10),
        ruhe_s=schluss,
        bemerkung=f"95 von 100 Fallseiten: {ruhig * 1000:.0f} ms, bei stummem Mailserver "
        f"{stumm * 1000:.0f} ms, bei 20 ms Verzug je Anweisung {langsam * 1000:.0f} ms",
    )


def _p95(szene: Szene, pages: int) -> float:
    answers = szene.each(
        pages, lambda browser, case, k: browser.get(reverse("fall", args=[case.pk]))
    )
    good = [a for a in answers if isinstance(a, Antwort) and a.status == 200]
    if len(good) != pages:
        raise RuntimeError(f"{pages - len(good)} von {pages} Seiten antworteten nicht.")
    return sorted(a.sekunden for a in good)[int(0.95 * pages) - 1]
