"""How dates, amounts and form fields are shown. Output is escaped by the template engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.services.entwurf import new_vorgang
from recht.grad import grad_satz, schwaechster

register = template.Library()

LEER = "–"
GESCHUETZT = "\u00a0"
_ZUSTAND_SYMBOL = {
    "info": "info",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
    "neutral": "draft",
}
# Chrome also calls itself Safari, Edge also Chrome: the first match counts.
_BROWSER = (("Firefox", "Firefox"), ("Edg", "Edge"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEME = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def _tag(value: date | datetime | str) -> date:
    if isinstance(value, str):
        # Letters are printed from frozen JSON, where a day is an ISO string.
        return date.fromisoformat(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def datum(value: date | datetime | str | None) -> str:
    """01.12.2025"""
    return f"{_tag(value):%d.%m.%Y}" if value else LEER


@register.filter
def datum_lang(value: date | datetime | str | None) -> str:
    """1. Dezember 2025"""
    return date_format(_tag(value), f"j.{GESCHUETZT}F{GESCHUETZT}Y") if value else LEER


@register.filter
def geburt(value: date | str | None) -> str:
    """Return 17.04.1985, 05.1960 or 1960: what is known of a day of birth."""
    text = value.isoformat() if isinstance(value, date) else value or ""
    return ".".join(reversed(text.split("-"))) or LEER


@register.filter
def geboren(value: date | str | None) -> str:
    """Return „am 17. April 1985“, „im Mai 1960“ or „1960“, as it stands behind „geboren“."""
    text = value.isoformat() if isinstance(value, date) else value or ""
    if len(text) == len("1960-05"):
        return f"im{GESCHUETZT}{monat_jahr(f'{text}-01')}"
    return text if len(text) == len("1960") else f"am{GESCHUETZT}{datum_lang(text)}"


@register.filter
def satz(value: str) -> str:
    """Return what somebody has written as a sentence: with one mark at its end."""
    text = value.rstrip()
    return text if text.rstrip('“"»)').endswith((".", "!", "?", "…", ":")) else f"{text}."


@register.filter
def monat_jahr(value: date | datetime | str | None) -> str:
    """Dezember 2025"""
    return date_format(_tag(value), f"F{GESCHUETZT}Y") if value else LEER


@register.filter
def zeitpunkt(value: datetime | None) -> str:
    """01.12.2025, 09:05 Uhr"""
    if not value:
        return LEER
    ort = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{ort:%d.%m.%Y, %H:%M}{GESCHUETZT}Uhr"


@register.filter
def betrag(value: Decimal | int | str | None) -> str:
    """2.714,00"""
    if value is None or value == "":
        return LEER
    cent = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{cent:,.2f}".translate(str.maketrans(",.-", ".,−"))


@register.filter
def euro(value: Decimal | int | str | None) -> str:
    """2.714,00 € with a space that does not break"""
    zahl = betrag(value)
    return zahl if zahl == LEER else f"{zahl}{GESCHUETZT}€"


@register.filter
def iban(value: str | None) -> str:
    """Return a whole IBAN in groups of four, for those who pay."""
    text = value or ""
    return "\u00a0".join(text[i : i + 4] for i in range(0, len(text), 4))


@register.filter
def email_umbruch(value: str | None) -> SafeString:
    """name@ | behoerde.de: an address breaks behind its sign, not in a word"""
    name, zeichen, behoerde = (value or "").partition("@")
    if not zeichen:
        return format_html("{}", name)
    return format_html(
        '<span class="email">{}@</span>\u200b<span class="email">{}</span>', name, behoerde
    )


@register.filter
def iban_maskiert(value: str | None) -> str:
    """DE89 … 3000: enough to recognise an account, too little to use it"""
    kompakt = "".join((value or "").split())
    if not kompakt:
        return LEER
    if len(kompakt) < 12:
        return "…"
    return f"{kompakt[:4]}{GESCHUETZT}…{GESCHUETZT}{kompakt[-4:]}"


@register.filter
def browser(user_agent: str) -> str:
    """Firefox unter Windows: what somebody recognises their own device by."""
    return f"{_first(user_agent, _BROWSER)} unter {_first(user_agent, _SYSTEME)}"


def _first(text: str, namen: tuple[tuple[str, str], ...]) -> str:
    return next((name for zeichen, name in namen if zeichen in text), "unbekannt")


@register.simple_tag
def zustand(farbe: str = "", text: object = "", symbol: str = "") -> SafeString:
    """A state as a mark with icon and word, so that no state is told by colour alone.

    :param farbe: info, success, warning, danger or neutral
    :param symbol: name of a KERN icon; without it that of the colour
    """
    return format_html("{}{}</span>", _zustand_anfang(str(farbe), str(symbol)), text)


@cache
def _zustand_anfang(farbe: str, symbol: str) -> SafeString:
    """What the marks of one colour have in common; lists show hundreds of them."""
    return format_html(
        '<span class="fw-zustand fw-zustand--{}">'
        '<span class="kern-icon kern-icon--{}" aria-hidden="true"></span> ',
        farbe or "neutral",
        symbol or _ZUSTAND_SYMBOL.get(farbe, "draft"),
    )


@register.filter
def feldart(field: BoundField) -> str:
    """Which part of templates/kern draws this field."""
    widget = field.field.widget
    if widget.is_hidden:
        return "versteckt"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "gruppe"
    for klasse, art in (
        (forms.CheckboxInput, "kreuz"),
        (forms.Select, "auswahl"),
        (forms.Textarea, "text"),
        (forms.FileInput, "datei"),
    ):
        if isinstance(widget, klasse):
            return art
    return "zeile"


@register.simple_tag
def eingabe(field: BoundField, klasse: str = "", name: str = "") -> SafeString:
    """The widget of a field with the classes of the theme and its error state.

    :param name: accessible name, for fields whose visible label is a table head
    """
    klassen = [klasse, field.field.widget.attrs.get("class", "")]
    if field.errors and klasse:
        klassen.append(f"{klasse}--error")
    # A placeholder vanishes while typing; the hint above the field stays.
    attrs: dict[str, Any] = {"class": " ".join(filter(None, klassen)), "placeholder": False}
    if name:
        attrs["aria-label"] = name
    return field.as_widget(attrs=attrs)


@register.simple_tag
def wahlknopf(option: BoundWidget, field: BoundField) -> SafeString:
    """One radio button or checkbox of a group, with the classes of the theme."""
    attrs = option.data["attrs"]
    klasse = f"kern-form-check__{option.data['type']}"
    attrs["class"] = f"{klasse} {klasse}--error" if field.errors else klasse
    if option.data["type"] == "radio":
        # The state belongs to the radiogroup; on one button it is not allowed.
        attrs.pop("aria-invalid", None)
    return option.tag()


@register.simple_tag
def begruendung(
    schritte: Iterable[Any] | None,
    worum: object = "",
    titel: str = "Warum dieses Datum?",
    offen: bool = False,
    grad: str = "",
) -> SafeString:
    """How a day came about, step by step with its norm, to be opened; nothing without steps.

    Its last sentence says how sure it is.

    „Mein Tag“ shows a hundred of them, so this is no template of its own.

    :param schritte: rows with `text` and `norm`
    :param worum: what the screen reader says behind the title
    :param offen: shown opened
    :param grad: grade of the rule, for steps that were stored without one
    """
    if not schritte:
        return format_html("{}", "")
    schritte = list(schritte)
    zeilen = format_html_join(
        "", "<li>{}{}</li>", ((_wort(s, "text"), _norm(_wort(s, "norm"))) for s in schritte)
    )
    return format_html(
        '<details class="fw-warum"{}><summary>{}{}</summary>'
        '<ol class="fw-warum__schritte">{}</ol>{}</details>',
        format_html("{}", " open") if offen else "",
        titel,
        format_html('<span class="kern-sr-only"> {}</span>', worum) if worum else "",
        zeilen,
        gradsatz(schritte, grad),
    )


@register.simple_tag
def gradsatz(schritte: Iterable[Any] | None, grad: str = "") -> SafeString:
    """Say in a sentence how sure a date or an amount is: that of its least sure step.

    :param schritte: rows with `grad`
    :param grad: what counts where no step has one
    """
    satz = grad_satz(schwaechster(_wort(s, "grad") for s in schritte or ()) or grad)
    if not satz:
        return format_html("{}", "")
    return format_html('<p class="fw-leise">{}</p>', satz)


def _wort(schritt: Any, name: str) -> str:
    if isinstance(schritt, Mapping):
        return str(schritt.get(name) or "")
    return str(getattr(schritt, name, "") or "")


@lru_cache(maxsize=1_000)
def _norm(norm: str) -> SafeString | str:
    """The citation of one step; a page repeats few of them many times."""
    return format_html(' <span class="fw-norm">{}</span>', norm) if norm else ""


@register.simple_tag(takes_context=True)
def neuer_vorgang(context: Context) -> str:
    """A fresh key for a form without a Form class; see BasisForm.vorgang."""
    user = getattr(context.get("request"), "user", None)
    return new_vorgang(getattr(user, "pk", None))


def _component(name: str, context: Context, daten: dict[str, Any]) -> SafeString:
    umgebung = {str(key): value for key, value in context.flatten().items()}
    return render_to_string(f"komponenten/{name}.html", umgebung | daten)


@register.simple_block_tag(takes_context=True)
def tabelle(context: Context, content: str, beschriftung: str, **optionen: Any) -> SafeString:
    """Wraps thead and tbody into a labelled table that scrolls inside its own region."""
    daten = {"inhalt": content, "beschriftung": beschriftung, **optionen}
    return _component("tabelle", context, daten)


@register.simple_block_tag(takes_context=True)
def karte(context: Context, content: str, titel: str = "", **optionen: Any) -> SafeString:
    """Wraps content into a card with a heading."""
    daten = {"inhalt": content, "titel_karte": titel, **optionen}
    return _component("karte", context, daten)


@register.simple_block_tag
def angaben(content: str, *, schmal: bool = False) -> SafeString:
    """Wraps {% angabe %} into a list of terms and values, side by side or one below the other."""
    klasse = "fw-angaben fw-angaben--schmal" if schmal else "fw-angaben"
    return format_html('<dl class="{}">{}</dl>', klasse, content)


# What a value is: figures of equal width, words that may break, lines as they were typed.
_ANGABEARTEN = {"zahl": "fw-zahlen", "umbruch": "fw-umbruch", "text": "fw-text"}
_ANGABEARTEN |= {"absatz": "fw-absatz", "norm": "fw-norm", "summe": "fw-unterlage__summe"}


@register.simple_block_tag
def angabe(content: str, *worte: Any, breit: bool = False, **arten: bool) -> SafeString:
    """A term with its value: {% angabe "Gültig ab " tag|datum zahl=True %} … {% endangabe %}."""
    klassen = " ".join(_ANGABEARTEN[art] for art, gilt in arten.items() if gilt)
    return format_html(
        "<div{}><dt>{}</dt><dd{}>{}</dd></div>",
        format_html(' class="{}"', "fw-angaben__breit") if breit else "",
        format_html_join("", "{}", ((wort,) for wort in worte)),
        format_html(' class="{}"', klassen) if klassen else "",
        content,
    )


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, titel: str, **optionen: Any) -> SafeString:
    """Wraps content into a dialog that stays an ordinary section without JavaScript."""
    daten = {"inhalt": content, "titel_dialog": titel, **optionen}
    return _component("dialog", context, daten)
