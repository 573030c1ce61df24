"""Documents and notes of the demonstration: small files made here, filed through the services."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
from PIL import Image, ImageDraw

from cases.dateien.annahme import Annahme, accept
from cases.dateien.grenzen import Grenzen
from cases.fall.services.vermerk import Vermerkangaben, amend_vermerk, record_vermerk
from cases.models import Case, User
from cases.unterlage.services.unterlage import Unterlagenangaben, file_unterlagen

_ORT = ZoneInfo("Europe/Berlin")
_GUTACHTEN = (
    "Fachärztliches Gutachten",
    "",
    "Praxis Dr. Lindner, Facharzt für Neurologie, Musterau",
    "",
    "Anlass: Bedarf an Assistenz in der eigenen Wohnung.",
    "Befund: Die Beweglichkeit der Beine ist eingeschränkt, längere Wege sind nur mit",
    "dem Rollstuhl möglich. Treppen sind ohne Hilfe nicht zu bewältigen.",
    "Beurteilung: Unterstützung im Haushalt, bei Einkäufen und bei Wegen zu Ärzten ist",
    "erforderlich. Eine Besserung ist in den nächsten zwei Jahren nicht zu erwarten.",
    "Empfehlung: Assistenzleistungen und Mobilitätstraining.",
)
_BERICHT = (
    "Entwicklungsbericht",
    "",
    "Ambulante Dienste Musterau gGmbH",
    "",
    "Das Ziel, den Wocheneinkauf selbst zu planen, ist erreicht.",
    "Beim Umgang mit Behördenpost wird weiterhin Begleitung gewünscht.",
    "Die Teilnahme am Chor gelingt seit dem Frühjahr ohne Begleitung.",
)
_BETREUUNG = (
    "Amtsgericht Musterau - Betreuungsgericht -",
    "",
    "Betreuerausweis",
    "",
    "Frau Karin Berg ist zur rechtlichen Betreuerin bestellt.",
    "Aufgabenkreise: Gesundheitssorge, Vertretung gegenüber Behörden, Wohnungsangelegenheiten.",
)
# File, kind, title, days since it arrived, author, days that it is still valid (0: no end).
_ANGABEN = (
    ("gutachten.pdf", "gutachten", "Neurologisches Gutachten", 12, "Praxis Dr. Lindner", 0),
    ("ausweis.jpg", "ausweis", "Schwerbehindertenausweis", 11, "Versorgungsamt Musterau", 60),
    (
        "betreuerausweis.pdf",
        "betreuerausweis",
        "Betreuerausweis Frau Berg",
        11,
        "Amtsgericht Musterau",
        400,
    ),
    ("bescheid-scan.png", "bescheid", "Bescheid über Pflegegeld", 9, "Pflegekasse Musterland", 0),
    (
        "bericht.pdf",
        "bericht",
        "Entwicklungsbericht des ambulanten Dienstes",
        4,
        "Ambulante Dienste",
        0,
    ),
)


def load_unterlagen(faelle: list[Case], *, heute: date) -> None:
    """File documents and write notes in these cases, as the person in charge would."""
    dateien = _files()
    for nummer, case in enumerate(faelle):
        by = case.caseworker
        for datei, angaben in _documents(dateien, heute)[: 5 if nummer == 0 else 2]:
            file_unterlagen(
                case=case, dateien=[datei], angaben=angaben, by=by, zeitpunkt=_moment(heute, 8, 15)
            )
        _notes(case, by, heute)


def _moment(tag: date, stunde: int, minute: int) -> datetime:
    return datetime.combine(tag, time(stunde, minute), tzinfo=_ORT)


def _files() -> dict[str, Annahme]:
    roh = {
        "gutachten.pdf": _pdf(_GUTACHTEN, _BERICHT),
        "bericht.pdf": _pdf(_BERICHT),
        "betreuerausweis.pdf": _pdf(_BETREUUNG),
        "ausweis.jpg": _image("Schwerbehindertenausweis", "GdB 80   Merkzeichen G, aG, B", "JPEG"),
        "bescheid-scan.png": _image("Bescheid der Pflegekasse", "Pflegegrad 2", "PNG"),
    }
    # Each is examined in a process of its own; two threads keep two of them at work.
    with ThreadPoolExecutor(2) as wartende:
        angenommen = wartende.map(lambda name: accept(roh[name], name, grenzen=Grenzen()), roh)
        return dict(zip(roh, angenommen, strict=True))


def _documents(dateien: dict[str, Annahme], heute: date) -> list[tuple[Annahme, Unterlagenangaben]]:
    """Pair each file with what is known of it; `tage`: days since it arrived, `gilt`: days left."""
    return [
        (
            dateien[name],
            Unterlagenangaben(
                art=art,
                titel=titel,
                datum=heute - timedelta(days=tage + 3),
                eingegangen_am=heute - timedelta(days=tage),
                verfasser=verfasser,
                gueltig_bis=heute + timedelta(days=gilt) if gilt else None,
                vorlauf_tage=56 if gilt else None,
            ),
        )
        for name, art, titel, tage, verfasser, gilt in _ANGABEN
    ]


def _notes(case: Case, by: User, heute: date) -> None:
    anruf = record_vermerk(
        case=case,
        angaben=Vermerkangaben(
            art="telefonat",
            am=heute - timedelta(days=6),
            uhrzeit=time(10, 20),
            beteiligte="die leistungsberechtigte Person",
            text="Rückfrage zum Antrag. Die Wohnung wird zum Monatsende frei, der Umzug ist "
            "gewünscht. Einkauf und Behördengänge sind derzeit das größte Problem.",
        ),
        by=by,
        zeitpunkt=_moment(heute - timedelta(days=6), 10, 45),
    )
    amend_vermerk(
        vermerk=anruf,
        text="Der Umzug verschiebt sich nach Auskunft der Vermieterin um einen Monat.",
        by=by,
        zeitpunkt=_moment(heute - timedelta(days=2), 9, 5),
    )
    record_vermerk(
        case=case,
        angaben=Vermerkangaben(
            art="hausbesuch",
            am=heute - timedelta(days=3),
            uhrzeit=time(14, 0),
            beteiligte="die Person, Frau Berg (rechtliche Betreuerin)",
            text="Besuch in der Wohnung. Das Bad ist nicht barrierefrei, die Türschwelle zum "
            "Balkon wird als Hindernis genannt. Wunsch: Assistenz an drei Nachmittagen.",
        ),
        by=by,
        zeitpunkt=_moment(heute - timedelta(days=3), 16, 30),
        wiedervorlage_am=heute - timedelta(days=3) + timedelta(days=14),
        wiedervorlage_anlass="Kostenvoranschlag für die Rampe nachfragen",
    )


def _pdf(*blaetter: tuple[str, ...]) -> bytes:
    """Return a plain PDF, one page per sheet."""
    pdf = pikepdf.new()
    schrift = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for zeilen in blaetter:
        pdf.add_blank_page(page_size=(595, 842))
        zeichen = ["BT /F1 12 Tf 70 770 Td 18 TL"]
        zeichen += [f"<{zeile.encode('cp1252').hex()}> Tj T*" for zeile in zeilen]
        seite = pdf.pages[-1]
        seite.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=schrift))
        seite.obj["/Contents"] = pdf.make_stream("\n".join([*zeichen, "ET"]).encode())
    ziel = BytesIO()
    pdf.save(ziel, deterministic_id=True)
    return ziel.getvalue()


def _image(titel: str, zeile: str, art: str) -> bytes:
    """Return an image as a scanner would, without a text layer."""
    bild = Image.new("RGB", (900, 560), "#f4f1e6")
    stift = ImageDraw.Draw(bild)
    stift.rectangle((30, 30, 870, 530), outline="#2c5d3f", width=6)
    stift.text((70, 80), titel, fill="#1a1a1a", font_size=44)
    stift.text((70, 180), zeile, fill="#1a1a1a", font_size=30)
    stift.rectangle((640, 250, 820, 480), outline="#777777", width=3)
    ziel = BytesIO()
    bild.save(ziel, art)
    return ziel.getvalue()
