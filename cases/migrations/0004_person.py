"""The person with all her facts: dated rows with history, Vertretung, people close to her.

The one IBAN and the one Hilfebedarfsgruppe of a person become rows with a period. Earlier values
are taken from the change history: a value holds from the day it was entered; the first one from
the beginning of the file.
"""

import datetime
from itertools import groupby

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.utils import timezone

import cases.crypto
from cases.migrations import gebuendelt

_CHUNK = 1000


def periods(changes, first, current):
    """Return (value, from, to) of a value that was changed on days; the last of a day counts."""
    by_day = dict(changes)
    days = sorted(by_day)
    if not days:
        return [(current, first, None)]
    by_day[days[-1]] = current
    steps = []
    for day in days:
        if not steps or steps[-1][1] != by_day[day]:
            steps.append((day, by_day[day]))
    steps[0] = (min(first, steps[0][0]), steps[0][1])
    ends = [day - datetime.timedelta(days=1) for day, _ in steps[1:]] + [None]
    return [(value, day, end) for (day, value), end in zip(steps, ends, strict=True)]


def copy_to_rows(apps, schema_editor):
    """Move IBAN and Hilfebedarfsgruppe of every person into dated rows."""
    person_model = apps.get_model("cases", "LeistungsberechtigtePerson")
    ids = list(person_model.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        _copy_chunk(apps, ids[start : start + _CHUNK])
    # Deferred checks must not wait while the columns are dropped.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _copy_chunk(apps, ids):
    person_model = apps.get_model("cases", "LeistungsberechtigtePerson")
    konto_model = apps.get_model("cases", "Bankverbindung")
    gruppe_model = apps.get_model("cases", "Hilfebedarfseinstufung")
    events = apps.get_model("cases", "LeistungsberechtigtePersonEvent").objects
    rows = events.filter(pgh_obj_id__in=ids).order_by("pgh_obj_id", "pgh_id")
    changes = {
        key: [(timezone.localtime(e.pgh_created_at).date(), e) for e in group]
        for key, group in groupby(rows, key=lambda e: e.pgh_obj_id)
    }
    konten, gruppen = [], []
    persons = person_model.objects.filter(pk__in=ids).annotate(
        erster_fall=models.Min("faelle__eroeffnet_am"),
        erste_anschrift=models.Min("anschriften__gueltig_ab"),
    )
    for person in persons:
        days = [d for d in (person.erster_fall, person.erste_anschrift) if d]
        own = changes.get(person.pk, [])
        first = min([*days, *(day for day, _ in own[:1])], default=person.geburtsdatum)
        ibans = periods([(day, e.iban) for day, e in own], first, person.iban)
        konten += [
            konto_model(
                leistungsberechtigte_person=person,
                iban=iban,
                iban_ende=iban[-4:],
                kontoinhaber=f"{person.vorname} {person.nachname}",
                gueltig_ab=ab,
                gueltig_bis=bis,
            )
            for iban, ab, bis in ibans
            if iban
        ]
        groups = [(day, e.hilfebedarfsgruppe) for day, e in own]
        gruppen += [
            gruppe_model(
                leistungsberechtigte_person=person,
                hilfebedarfsgruppe=gruppe,
                gueltig_ab=ab,
                gueltig_bis=bis,
            )
            for gruppe, ab, bis in periods(groups, first, person.hilfebedarfsgruppe)
            if gruppe is not None
        ]
    konto_model.objects.bulk_create(konten)
    gruppe_model.objects.bulk_create(gruppen)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_unterlage"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = gebuendelt(
        [
            migrations.CreateModel(
                name="Auskunftssperre",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("auskunftssperre", "Auskunftssperre (§ 51 BMG)"),
                                ("sperrvermerk", "bedingter Sperrvermerk (§ 52 BMG)"),
                                ("eigene", "Schutz aus anderem Grund (§ 35 SGB I)"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "grund",
                        cases.crypto.EncryptedTextField(
                            purpose="auskunftssperre.grund", verbose_name="Grund"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Auskunftssperre",
                    "verbose_name_plural": "Auskunftssperren",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="AuskunftssperreEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("auskunftssperre", "Auskunftssperre (§ 51 BMG)"),
                                ("sperrvermerk", "bedingter Sperrvermerk (§ 52 BMG)"),
                                ("eigene", "Schutz aus anderem Grund (§ 35 SGB I)"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "grund",
                        cases.crypto.EncryptedTextField(
                            purpose="auskunftssperre.grund", verbose_name="Grund"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Bankverbindung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "iban",
                        cases.crypto.EncryptedTextField(
                            purpose="bankverbindung.iban", verbose_name="IBAN"
                        ),
                    ),
                    (
                        "iban_ende",
                        models.CharField(db_index=True, max_length=4, verbose_name="Ende der IBAN"),
                    ),
                    (
                        "kontoinhaber",
                        models.CharField(
                            max_length=200, verbose_name="Kontoinhaberin oder Kontoinhaber"
                        ),
                    ),
                    (
                        "beleg_geprueft",
                        models.BooleanField(
                            default=False, verbose_name="anhand eines Belegs geprüft"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Bankverbindung",
                    "verbose_name_plural": "Bankverbindungen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="BankverbindungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "iban",
                        cases.crypto.EncryptedTextField(
                            purpose="bankverbindung.iban", verbose_name="IBAN"
                        ),
                    ),
                    ("iban_ende", models.CharField(max_length=4, verbose_name="Ende der IBAN")),
                    (
                        "kontoinhaber",
                        models.CharField(
                            max_length=200, verbose_name="Kontoinhaberin oder Kontoinhaber"
                        ),
                    ),
                    (
                        "beleg_geprueft",
                        models.BooleanField(
                            default=False, verbose_name="anhand eines Belegs geprüft"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Bezugsperson",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "beziehung",
                        models.CharField(
                            choices=[
                                ("partner", "Ehe- oder Lebenspartnerin, Ehe- oder Lebenspartner"),
                                ("elternteil", "Mutter oder Vater"),
                                ("kind", "Kind"),
                                ("geschwister", "Schwester oder Bruder"),
                                ("angehoerige", "andere Angehörige"),
                                ("freund", "Freundin, Freund, Nachbarschaft"),
                                ("mitbewohner", "wohnt in derselben Wohnung"),
                                ("sonstige", "andere Bezugsperson"),
                            ],
                            max_length=20,
                            verbose_name="Beziehung",
                        ),
                    ),
                    (
                        "vorname",
                        models.CharField(blank=True, max_length=100, verbose_name="Vorname"),
                    ),
                    ("nachname", models.CharField(max_length=100, verbose_name="Nachname")),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "im_haushalt",
                        models.BooleanField(default=False, verbose_name="lebt im selben Haushalt"),
                    ),
                    (
                        "bemerkung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="bezugsperson.bemerkung",
                            verbose_name="Bemerkung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Bezugsperson",
                    "verbose_name_plural": "Bezugspersonen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="BezugspersonEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "beziehung",
                        models.CharField(
                            choices=[
                                ("partner", "Ehe- oder Lebenspartnerin, Ehe- oder Lebenspartner"),
                                ("elternteil", "Mutter oder Vater"),
                                ("kind", "Kind"),
                                ("geschwister", "Schwester oder Bruder"),
                                ("angehoerige", "andere Angehörige"),
                                ("freund", "Freundin, Freund, Nachbarschaft"),
                                ("mitbewohner", "wohnt in derselben Wohnung"),
                                ("sonstige", "andere Bezugsperson"),
                            ],
                            max_length=20,
                            verbose_name="Beziehung",
                        ),
                    ),
                    (
                        "vorname",
                        models.CharField(blank=True, max_length=100, verbose_name="Vorname"),
                    ),
                    ("nachname", models.CharField(max_length=100, verbose_name="Nachname")),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "im_haushalt",
                        models.BooleanField(default=False, verbose_name="lebt im selben Haushalt"),
                    ),
                    (
                        "bemerkung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="bezugsperson.bemerkung",
                            verbose_name="Bemerkung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Hilfebedarfseinstufung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "hilfebedarfsgruppe",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="Hilfebedarfsgruppe"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Hilfebedarfseinstufung",
                    "verbose_name_plural": "Hilfebedarfseinstufungen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="HilfebedarfseinstufungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "hilfebedarfsgruppe",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="Hilfebedarfsgruppe"
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Krankenversicherung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "krankenkasse",
                        models.CharField(blank=True, max_length=200, verbose_name="Krankenkasse"),
                    ),
                    (
                        "versichertennummer",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="krankenversicherung.versichertennummer",
                            verbose_name="Versichertennummer",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Krankenversicherung",
                    "verbose_name_plural": "Krankenversicherungen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="KrankenversicherungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "krankenkasse",
                        models.CharField(blank=True, max_length=200, verbose_name="Krankenkasse"),
                    ),
                    (
                        "versichertennummer",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="krankenversicherung.versichertennummer",
                            verbose_name="Versichertennummer",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Pflegeeinstufung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "stand",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("keiner", "kein Pflegegrad"),
                                ("stufe_0", "Pflegestufe 0"),
                                ("stufe_1", "Pflegestufe I"),
                                ("stufe_2", "Pflegestufe II"),
                                ("stufe_3", "Pflegestufe III"),
                                ("haertefall", "Pflegestufe III, Härtefall"),
                                ("grad_1", "Pflegegrad 1"),
                                ("grad_2", "Pflegegrad 2"),
                                ("grad_3", "Pflegegrad 3"),
                                ("grad_4", "Pflegegrad 4"),
                                ("grad_5", "Pflegegrad 5"),
                            ],
                            max_length=20,
                            verbose_name="Einstufung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Pflegeeinstufung",
                    "verbose_name_plural": "Pflegeeinstufungen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="PflegeeinstufungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "stand",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("keiner", "kein Pflegegrad"),
                                ("stufe_0", "Pflegestufe 0"),
                                ("stufe_1", "Pflegestufe I"),
                                ("stufe_2", "Pflegestufe II"),
                                ("stufe_3", "Pflegestufe III"),
                                ("haertefall", "Pflegestufe III, Härtefall"),
                                ("grad_1", "Pflegegrad 1"),
                                ("grad_2", "Pflegegrad 2"),
                                ("grad_3", "Pflegegrad 3"),
                                ("grad_4", "Pflegegrad 4"),
                                ("grad_5", "Pflegegrad 5"),
                            ],
                            max_length=20,
                            verbose_name="Einstufung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Schwerbehinderung",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "gdb",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="Grad der Behinderung"
                        ),
                    ),
                    (
                        "merkzeichen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=10),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="Merkzeichen",
                        ),
                    ),
                    (
                        "gleichgestellt",
                        models.BooleanField(
                            default=False, verbose_name="gleichgestellt (§ 2 Abs. 3 SGB IX)"
                        ),
                    ),
                    (
                        "ausweis_bis",
                        models.DateField(blank=True, null=True, verbose_name="Ausweis gültig bis"),
                    ),
                ],
                options={
                    "verbose_name": "Schwerbehinderung",
                    "verbose_name_plural": "Schwerbehinderungen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="SchwerbehinderungEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "gdb",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="Grad der Behinderung"
                        ),
                    ),
                    (
                        "merkzeichen",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=10),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="Merkzeichen",
                        ),
                    ),
                    (
                        "gleichgestellt",
                        models.BooleanField(
                            default=False, verbose_name="gleichgestellt (§ 2 Abs. 3 SGB IX)"
                        ),
                    ),
                    (
                        "ausweis_bis",
                        models.DateField(blank=True, null=True, verbose_name="Ausweis gültig bis"),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Vertretungsverhaeltnis",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("betreuung", "rechtliche Betreuung"),
                                ("vollmacht", "Vollmacht"),
                                ("eltern", "Elternteil mit Sorgerecht"),
                                ("vormund", "Vormundschaft oder Pflegschaft"),
                                ("verfahrensbeistand", "Verfahrensbeistand"),
                                ("vertrauensperson", "Vertrauensperson (§ 117 SGB IX)"),
                                ("beistand", "Beistand (§ 13 Abs. 4 SGB X)"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "anrede",
                        models.CharField(
                            choices=[("frau", "Frau"), ("herr", "Herr"), ("ohne", "ohne Anrede")],
                            default="ohne",
                            max_length=10,
                            verbose_name="Anrede",
                        ),
                    ),
                    (
                        "vorname",
                        models.CharField(blank=True, max_length=100, verbose_name="Vorname"),
                    ),
                    ("nachname", models.CharField(max_length=100, verbose_name="Nachname")),
                    (
                        "organisation",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Verein, Kanzlei oder Behörde"
                        ),
                    ),
                    (
                        "strasse",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Straße und Hausnummer"
                        ),
                    ),
                    (
                        "plz",
                        models.CharField(blank=True, max_length=10, verbose_name="Postleitzahl"),
                    ),
                    ("ort", models.CharField(blank=True, max_length=100, verbose_name="Ort")),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "aufgabenkreise",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="Aufgabenkreise",
                        ),
                    ),
                    (
                        "einwilligungsvorbehalt",
                        models.BooleanField(default=False, verbose_name="Einwilligungsvorbehalt"),
                    ),
                    (
                        "handlungsfaehigkeit_eingeschraenkt",
                        models.BooleanField(
                            default=False,
                            verbose_name="Handlungsfähigkeit ab 15 schriftlich eingeschränkt",
                        ),
                    ),
                    (
                        "gericht",
                        models.CharField(blank=True, max_length=200, verbose_name="Gericht"),
                    ),
                    (
                        "gerichtsaktenzeichen",
                        models.CharField(
                            blank=True, max_length=60, verbose_name="Aktenzeichen des Gerichts"
                        ),
                    ),
                    (
                        "nachweis_vom",
                        models.DateField(
                            blank=True, null=True, verbose_name="Nachweis vorgelegt am"
                        ),
                    ),
                    (
                        "bemerkung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="vertretungsverhaeltnis.bemerkung",
                            verbose_name="Bemerkung",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Vertretungsverhältnis",
                    "verbose_name_plural": "Vertretungsverhältnisse",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="VertretungsverhaeltnisEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "art",
                        models.CharField(
                            choices=[
                                ("betreuung", "rechtliche Betreuung"),
                                ("vollmacht", "Vollmacht"),
                                ("eltern", "Elternteil mit Sorgerecht"),
                                ("vormund", "Vormundschaft oder Pflegschaft"),
                                ("verfahrensbeistand", "Verfahrensbeistand"),
                                ("vertrauensperson", "Vertrauensperson (§ 117 SGB IX)"),
                                ("beistand", "Beistand (§ 13 Abs. 4 SGB X)"),
                            ],
                            max_length=20,
                            verbose_name="Art",
                        ),
                    ),
                    (
                        "anrede",
                        models.CharField(
                            choices=[("frau", "Frau"), ("herr", "Herr"), ("ohne", "ohne Anrede")],
                            default="ohne",
                            max_length=10,
                            verbose_name="Anrede",
                        ),
                    ),
                    (
                        "vorname",
                        models.CharField(blank=True, max_length=100, verbose_name="Vorname"),
                    ),
                    ("nachname", models.CharField(max_length=100, verbose_name="Nachname")),
                    (
                        "organisation",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Verein, Kanzlei oder Behörde"
                        ),
                    ),
                    (
                        "strasse",
                        models.CharField(
                            blank=True, max_length=200, verbose_name="Straße und Hausnummer"
                        ),
                    ),
                    (
                        "plz",
                        models.CharField(blank=True, max_length=10, verbose_name="Postleitzahl"),
                    ),
                    ("ort", models.CharField(blank=True, max_length=100, verbose_name="Ort")),
                    (
                        "telefon",
                        models.CharField(blank=True, max_length=40, verbose_name="Telefon"),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                    (
                        "aufgabenkreise",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="Aufgabenkreise",
                        ),
                    ),
                    (
                        "einwilligungsvorbehalt",
                        models.BooleanField(default=False, verbose_name="Einwilligungsvorbehalt"),
                    ),
                    (
                        "handlungsfaehigkeit_eingeschraenkt",
                        models.BooleanField(
                            default=False,
                            verbose_name="Handlungsfähigkeit ab 15 schriftlich eingeschränkt",
                        ),
                    ),
                    (
                        "gericht",
                        models.CharField(blank=True, max_length=200, verbose_name="Gericht"),
                    ),
                    (
                        "gerichtsaktenzeichen",
                        models.CharField(
                            blank=True, max_length=60, verbose_name="Aktenzeichen des Gerichts"
                        ),
                    ),
                    (
                        "nachweis_vom",
                        models.DateField(
                            blank=True, null=True, verbose_name="Nachweis vorgelegt am"
                        ),
                    ),
                    (
                        "bemerkung",
                        cases.crypto.EncryptedTextField(
                            blank=True,
                            default="",
                            purpose="vertretungsverhaeltnis.bemerkung",
                            verbose_name="Bemerkung",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Wohnsituation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "wohnform",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("eigene", "eigene Wohnung, ohne Assistenz zum Wohnen"),
                                (
                                    "assistenz",
                                    "eigene Wohnung mit Assistenz (bis 2019: ambulant betreutes Wohnen)",
                                ),
                                ("angehoerige", "bei Eltern oder Angehörigen"),
                                ("gemeinschaft", "ambulant betreute Wohngemeinschaft"),
                                (
                                    "pflegefamilie",
                                    "Pflegefamilie oder betreutes Wohnen in Familien",
                                ),
                                (
                                    "besondere",
                                    "besondere Wohnform (bis 2019: stationäre Einrichtung)",
                                ),
                                ("pflegeheim", "Pflegeheim"),
                                ("ohne", "ohne eigene Unterkunft"),
                                ("sonstige", "andere Wohnform"),
                            ],
                            max_length=20,
                            verbose_name="Wohnform",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "Wohnsituation",
                    "verbose_name_plural": "Wohnsituationen",
                    "ordering": ["-gueltig_ab", "-id"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="WohnsituationEvent",
                fields=[
                    ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("id", models.BigIntegerField()),
                    ("gueltig_ab", models.DateField(verbose_name="gültig ab")),
                    (
                        "gueltig_bis",
                        models.DateField(blank=True, null=True, verbose_name="gültig bis"),
                    ),
                    (
                        "unbekannt_grund",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nicht_erfragt", "noch nicht erfragt"),
                                ("keine_angabe", "Person möchte es nicht sagen"),
                                ("beantragt", "beantragt, noch nicht entschieden"),
                                ("angefordert", "Unterlage angefordert"),
                                ("nicht_feststellbar", "nicht festzustellen"),
                            ],
                            max_length=20,
                            verbose_name="unbekannt, weil",
                        ),
                    ),
                    (
                        "wohnform",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("eigene", "eigene Wohnung, ohne Assistenz zum Wohnen"),
                                (
                                    "assistenz",
                                    "eigene Wohnung mit Assistenz (bis 2019: ambulant betreutes Wohnen)",
                                ),
                                ("angehoerige", "bei Eltern oder Angehörigen"),
                                ("gemeinschaft", "ambulant betreute Wohngemeinschaft"),
                                (
                                    "pflegefamilie",
                                    "Pflegefamilie oder betreutes Wohnen in Familien",
                                ),
                                (
                                    "besondere",
                                    "besondere Wohnform (bis 2019: stationäre Einrichtung)",
                                ),
                                ("pflegeheim", "Pflegeheim"),
                                ("ohne", "ohne eigene Unterkunft"),
                                ("sonstige", "andere Wohnform"),
                            ],
                            max_length=20,
                            verbose_name="Wohnform",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="leistungsberechtigteperson",
                name="insert_insert",
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name="leistungsberechtigteperson",
                name="update_update",
            ),
            migrations.AddField(
                model_name="leistungsberechtigteperson",
                name="rentenversicherungsnummer",
                field=cases.crypto.EncryptedTextField(
                    blank=True,
                    default="",
                    purpose="person.rentenversicherungsnummer",
                    verbose_name="Rentenversicherungsnummer",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigteperson",
                name="rentenversicherungsnummer_unbekannt",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("nicht_erfragt", "noch nicht erfragt"),
                        ("keine_angabe", "Person möchte es nicht sagen"),
                        ("beantragt", "beantragt, noch nicht entschieden"),
                        ("angefordert", "Unterlage angefordert"),
                        ("nicht_feststellbar", "nicht festzustellen"),
                    ],
                    default="",
                    max_length=20,
                    verbose_name="Rentenversicherungsnummer unbekannt, weil",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigteperson",
                name="soziale_entschaedigung",
                field=models.CharField(
                    choices=[("unbekannt", "noch nicht erfragt"), ("ja", "ja"), ("nein", "nein")],
                    default="unbekannt",
                    max_length=20,
                    verbose_name="Anspruch auf Soziale Entschädigung",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigteperson",
                name="sprache",
                field=models.CharField(default="Deutsch", max_length=60, verbose_name="Sprache"),
            ),
            migrations.AddField(
                model_name="leistungsberechtigteperson",
                name="verstaendigung",
                field=models.CharField(
                    choices=[
                        ("ohne", "keine Unterstützung nötig"),
                        ("dgs", "Dolmetschen in Deutscher Gebärdensprache"),
                        ("lbg", "lautsprachbegleitende Gebärden"),
                        ("schrift", "Schriftdolmetschen"),
                        ("taubblind", "Taubblindenassistenz oder Lormen"),
                        ("sprache", "Dolmetschen in eine andere Sprache"),
                        ("leichte_sprache", "Gespräch in Leichter Sprache"),
                        ("unterstuetzt", "Unterstützte Kommunikation"),
                    ],
                    default="ohne",
                    max_length=20,
                    verbose_name="Verständigung",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigteperson",
                name="weitere_behinderungsarten",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=20),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="weitere Behinderungsarten",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigtepersonevent",
                name="rentenversicherungsnummer",
                field=cases.crypto.EncryptedTextField(
                    blank=True,
                    default="",
                    purpose="person.rentenversicherungsnummer",
                    verbose_name="Rentenversicherungsnummer",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigtepersonevent",
                name="rentenversicherungsnummer_unbekannt",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("nicht_erfragt", "noch nicht erfragt"),
                        ("keine_angabe", "Person möchte es nicht sagen"),
                        ("beantragt", "beantragt, noch nicht entschieden"),
                        ("angefordert", "Unterlage angefordert"),
                        ("nicht_feststellbar", "nicht festzustellen"),
                    ],
                    default="",
                    max_length=20,
                    verbose_name="Rentenversicherungsnummer unbekannt, weil",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigtepersonevent",
                name="soziale_entschaedigung",
                field=models.CharField(
                    choices=[("unbekannt", "noch nicht erfragt"), ("ja", "ja"), ("nein", "nein")],
                    default="unbekannt",
                    max_length=20,
                    verbose_name="Anspruch auf Soziale Entschädigung",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigtepersonevent",
                name="sprache",
                field=models.CharField(default="Deutsch", max_length=60, verbose_name="Sprache"),
            ),
            migrations.AddField(
                model_name="leistungsberechtigtepersonevent",
                name="verstaendigung",
                field=models.CharField(
                    choices=[
                        ("ohne", "keine Unterstützung nötig"),
                        ("dgs", "Dolmetschen in Deutscher Gebärdensprache"),
                        ("lbg", "lautsprachbegleitende Gebärden"),
                        ("schrift", "Schriftdolmetschen"),
                        ("taubblind", "Taubblindenassistenz oder Lormen"),
                        ("sprache", "Dolmetschen in eine andere Sprache"),
                        ("leichte_sprache", "Gespräch in Leichter Sprache"),
                        ("unterstuetzt", "Unterstützte Kommunikation"),
                    ],
                    default="ohne",
                    max_length=20,
                    verbose_name="Verständigung",
                ),
            ),
            migrations.AddField(
                model_name="leistungsberechtigtepersonevent",
                name="weitere_behinderungsarten",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=20),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="weitere Behinderungsarten",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistungsberechtigteperson",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_leistungsberechtigtepersonevent" ("anrede", "barrierefreies_format", "behinderungsart", "email", "email_zugang_seit", "geburtsdatum", "id", "nachname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rentenversicherungsnummer", "rentenversicherungsnummer_unbekannt", "soziale_entschaedigung", "sprache", "telefon", "verstaendigung", "vorname", "weitere_behinderungsarten") VALUES (NEW."anrede", NEW."barrierefreies_format", NEW."behinderungsart", NEW."email", NEW."email_zugang_seit", NEW."geburtsdatum", NEW."id", NEW."nachname", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rentenversicherungsnummer", NEW."rentenversicherungsnummer_unbekannt", NEW."soziale_entschaedigung", NEW."sprache", NEW."telefon", NEW."verstaendigung", NEW."vorname", NEW."weitere_behinderungsarten"); RETURN NULL;',
                        hash="15a5c9a5e07017371f3d0c543fcf64e4a566856e",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8f67a",
                        table="cases_leistungsberechtigteperson",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="leistungsberechtigteperson",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_leistungsberechtigtepersonevent" ("anrede", "barrierefreies_format", "behinderungsart", "email", "email_zugang_seit", "geburtsdatum", "id", "nachname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rentenversicherungsnummer", "rentenversicherungsnummer_unbekannt", "soziale_entschaedigung", "sprache", "telefon", "verstaendigung", "vorname", "weitere_behinderungsarten") VALUES (NEW."anrede", NEW."barrierefreies_format", NEW."behinderungsart", NEW."email", NEW."email_zugang_seit", NEW."geburtsdatum", NEW."id", NEW."nachname", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rentenversicherungsnummer", NEW."rentenversicherungsnummer_unbekannt", NEW."soziale_entschaedigung", NEW."sprache", NEW."telefon", NEW."verstaendigung", NEW."vorname", NEW."weitere_behinderungsarten"); RETURN NULL;',
                        hash="21f6c265e2f9dc8403573f98d429f76b31c87a47",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_68630",
                        table="cases_leistungsberechtigteperson",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="leistungsberechtigteperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "verstaendigung__in",
                            [
                                "ohne",
                                "dgs",
                                "lbg",
                                "schrift",
                                "taubblind",
                                "sprache",
                                "leichte_sprache",
                                "unterstuetzt",
                            ],
                        )
                    ),
                    name="person_verstaendigung_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="leistungsberechtigteperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(("soziale_entschaedigung__in", ["unbekannt", "ja", "nein"])),
                    name="person_soziale_entschaedigung_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="leistungsberechtigteperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "rentenversicherungsnummer_unbekannt__in",
                            [
                                "",
                                "nicht_erfragt",
                                "keine_angabe",
                                "beantragt",
                                "angefordert",
                                "nicht_feststellbar",
                            ],
                        )
                    ),
                    name="person_rentenversicherungsnummer_unbekannt_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="leistungsberechtigteperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "weitere_behinderungsarten__contained_by",
                            ["koerperlich", "geistig", "seelisch", "sinnes"],
                        )
                    ),
                    name="person_weitere_behinderungsarten_gueltig",
                ),
            ),
            migrations.AddField(
                model_name="auskunftssperre",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="auskunftssperren",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="auskunftssperreevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="auskunftssperreevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="auskunftssperreevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.auskunftssperre",
                ),
            ),
            migrations.AddField(
                model_name="bankverbindung",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="bankverbindungen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="bankverbindungevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="bankverbindungevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="bankverbindungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.bankverbindung",
                ),
            ),
            migrations.AddField(
                model_name="bezugsperson",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="bezugspersonen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="bezugspersonevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="bezugspersonevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="bezugspersonevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.bezugsperson",
                ),
            ),
            migrations.AddField(
                model_name="hilfebedarfseinstufung",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="hilfebedarfseinstufungen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="hilfebedarfseinstufungevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="hilfebedarfseinstufungevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="hilfebedarfseinstufungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.hilfebedarfseinstufung",
                ),
            ),
            migrations.AddField(
                model_name="krankenversicherung",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="krankenversicherungen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="krankenversicherungevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="krankenversicherungevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="krankenversicherungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.krankenversicherung",
                ),
            ),
            migrations.AddField(
                model_name="pflegeeinstufung",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="pflegeeinstufungen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="pflegeeinstufungevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="pflegeeinstufungevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="pflegeeinstufungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.pflegeeinstufung",
                ),
            ),
            migrations.AddField(
                model_name="schwerbehinderung",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="schwerbehinderungen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="schwerbehinderungevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="schwerbehinderungevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="schwerbehinderungevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.schwerbehinderung",
                ),
            ),
            migrations.AddField(
                model_name="vertretungsverhaeltnis",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="vertretungen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="vertretungsverhaeltnisevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="vertretungsverhaeltnisevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="vertretungsverhaeltnisevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.vertretungsverhaeltnis",
                ),
            ),
            migrations.AddField(
                model_name="wohnsituation",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="wohnsituationen",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="wohnsituationevent",
                name="leistungsberechtigte_person",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="cases.leistungsberechtigteperson",
                    verbose_name="Person",
                ),
            ),
            migrations.AddField(
                model_name="wohnsituationevent",
                name="pgh_context",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            migrations.AddField(
                model_name="wohnsituationevent",
                name="pgh_obj",
                field=models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="cases.wohnsituation",
                ),
            ),
            migrations.AddConstraint(
                model_name="auskunftssperre",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="auskunftssperre_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="auskunftssperre",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="auskunftssperre_ohne_ueberschneidung",
                ),
            ),
            migrations.AddConstraint(
                model_name="auskunftssperre",
                constraint=models.CheckConstraint(
                    condition=models.Q(("art__in", ["auskunftssperre", "sperrvermerk", "eigene"])),
                    name="auskunftssperre_art_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auskunftssperre",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_auskunftssperreevent" ("art", "grund", "gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."art", NEW."grund", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="a50c707f0c1956828b9cd754728ef33824623fc3",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_2a7ce",
                        table="cases_auskunftssperre",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auskunftssperre",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_auskunftssperreevent" ("art", "grund", "gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."art", NEW."grund", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="36d0d3ec6bc670c36cad3b30d0cb26fd5fb5bed9",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_6498c",
                        table="cases_auskunftssperre",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="auskunftssperreevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="8effb06711e20f7a635b7a7f97904f5fceca705d",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_a3d5f",
                        table="cases_auskunftssperreevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="bankverbindung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="bankverbindung_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="bankverbindung",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="bankverbindung_ohne_ueberschneidung",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bankverbindung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_bankverbindungevent" ("beleg_geprueft", "gueltig_ab", "gueltig_bis", "iban", "iban_ende", "id", "kontoinhaber", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."beleg_geprueft", NEW."gueltig_ab", NEW."gueltig_bis", NEW."iban", NEW."iban_ende", NEW."id", NEW."kontoinhaber", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                        hash="7dfad2a5f224416c58d3b568cfce0deffbaff4ab",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_37630",
                        table="cases_bankverbindung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bankverbindung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_bankverbindungevent" ("beleg_geprueft", "gueltig_ab", "gueltig_bis", "iban", "iban_ende", "id", "kontoinhaber", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."beleg_geprueft", NEW."gueltig_ab", NEW."gueltig_bis", NEW."iban", NEW."iban_ende", NEW."id", NEW."kontoinhaber", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                        hash="ed353c633fe3cc8dcff42a652bae4bec5c85d7c5",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b65dd",
                        table="cases_bankverbindung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bankverbindungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="89cfac2c3ae0c88f0afe8c4f60f47ed6312d90ec",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_6a676",
                        table="cases_bankverbindungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="bezugsperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="bezugsperson_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="bezugsperson",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "beziehung__in",
                            [
                                "partner",
                                "elternteil",
                                "kind",
                                "geschwister",
                                "angehoerige",
                                "freund",
                                "mitbewohner",
                                "sonstige",
                            ],
                        )
                    ),
                    name="bezugsperson_beziehung_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bezugsperson",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_bezugspersonevent" ("bemerkung", "beziehung", "email", "gueltig_ab", "gueltig_bis", "id", "im_haushalt", "leistungsberechtigte_person_id", "nachname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telefon", "vorname") VALUES (NEW."bemerkung", NEW."beziehung", NEW."email", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."im_haushalt", NEW."leistungsberechtigte_person_id", NEW."nachname", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."telefon", NEW."vorname"); RETURN NULL;',
                        hash="cb4327e394484e2509e7a89b80f791ce29358510",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_11314",
                        table="cases_bezugsperson",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bezugsperson",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_bezugspersonevent" ("bemerkung", "beziehung", "email", "gueltig_ab", "gueltig_bis", "id", "im_haushalt", "leistungsberechtigte_person_id", "nachname", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telefon", "vorname") VALUES (NEW."bemerkung", NEW."beziehung", NEW."email", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."im_haushalt", NEW."leistungsberechtigte_person_id", NEW."nachname", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."telefon", NEW."vorname"); RETURN NULL;',
                        hash="8ce8e0b06a821c09a277c514d39337de5c962d3a",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_436a2",
                        table="cases_bezugsperson",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="bezugspersonevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="884906a8652e6facf58b86c6c99aa172ce691c47",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_dde7c",
                        table="cases_bezugspersonevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="hilfebedarfseinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="hilfebedarfseinstufung_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="hilfebedarfseinstufung",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="hilfebedarfseinstufung_ohne_ueberschneidung",
                ),
            ),
            migrations.AddConstraint(
                model_name="hilfebedarfseinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "unbekannt_grund__in",
                            [
                                "",
                                "nicht_erfragt",
                                "keine_angabe",
                                "beantragt",
                                "angefordert",
                                "nicht_feststellbar",
                            ],
                        )
                    ),
                    name="hilfebedarfseinstufung_unbekannt_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="hilfebedarfseinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("hilfebedarfsgruppe__isnull", True),
                            models.Q(("unbekannt_grund", ""), _negated=True),
                        ),
                        models.Q(
                            models.Q(("hilfebedarfsgruppe__isnull", True), _negated=True),
                            ("unbekannt_grund", ""),
                        ),
                        _connector="OR",
                    ),
                    name="hilfebedarfseinstufung_wert_oder_grund",
                ),
            ),
            migrations.AddConstraint(
                model_name="hilfebedarfseinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("hilfebedarfsgruppe__isnull", True),
                        ("hilfebedarfsgruppe__range", (1, 5)),
                        _connector="OR",
                    ),
                    name="hilfebedarfseinstufung_1_bis_5",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="hilfebedarfseinstufung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_hilfebedarfseinstufungevent" ("gueltig_ab", "gueltig_bis", "hilfebedarfsgruppe", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."hilfebedarfsgruppe", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unbekannt_grund"); RETURN NULL;',
                        hash="5581e4b70b08d0ab8b2f27ae56764d3dbe007301",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_7c255",
                        table="cases_hilfebedarfseinstufung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="hilfebedarfseinstufung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_hilfebedarfseinstufungevent" ("gueltig_ab", "gueltig_bis", "hilfebedarfsgruppe", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."hilfebedarfsgruppe", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unbekannt_grund"); RETURN NULL;',
                        hash="4e32d8010f77dea85bbb4bce65ac4f7cb2a714b1",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c56f0",
                        table="cases_hilfebedarfseinstufung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="hilfebedarfseinstufungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="b561051b55a5b36539dec0c5f34940b65e5c4fed",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c4d06",
                        table="cases_hilfebedarfseinstufungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="krankenversicherung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="krankenversicherung_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="krankenversicherung",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="krankenversicherung_ohne_ueberschneidung",
                ),
            ),
            migrations.AddConstraint(
                model_name="krankenversicherung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "unbekannt_grund__in",
                            [
                                "",
                                "nicht_erfragt",
                                "keine_angabe",
                                "beantragt",
                                "angefordert",
                                "nicht_feststellbar",
                            ],
                        )
                    ),
                    name="krankenversicherung_unbekannt_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="krankenversicherung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("krankenkasse", ""), models.Q(("unbekannt_grund", ""), _negated=True)
                        ),
                        models.Q(
                            models.Q(("krankenkasse", ""), _negated=True), ("unbekannt_grund", "")
                        ),
                        _connector="OR",
                    ),
                    name="krankenversicherung_wert_oder_grund",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="krankenversicherung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_krankenversicherungevent" ("gueltig_ab", "gueltig_bis", "id", "krankenkasse", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund", "versichertennummer") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."krankenkasse", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unbekannt_grund", NEW."versichertennummer"); RETURN NULL;',
                        hash="47767d2b09320f0d9a446a5b06f872d030b17ad9",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_6a6d3",
                        table="cases_krankenversicherung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="krankenversicherung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_krankenversicherungevent" ("gueltig_ab", "gueltig_bis", "id", "krankenkasse", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund", "versichertennummer") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."krankenkasse", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unbekannt_grund", NEW."versichertennummer"); RETURN NULL;',
                        hash="bd766b14d0196498ce9eff06e90ac81a2c359ba7",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_60899",
                        table="cases_krankenversicherung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="krankenversicherungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="716fb00cfaef457565db9033d3f8c5fba7b58ee7",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_4541d",
                        table="cases_krankenversicherungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="pflegeeinstufung_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="pflegeeinstufung_ohne_ueberschneidung",
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "unbekannt_grund__in",
                            [
                                "",
                                "nicht_erfragt",
                                "keine_angabe",
                                "beantragt",
                                "angefordert",
                                "nicht_feststellbar",
                            ],
                        )
                    ),
                    name="pflegeeinstufung_unbekannt_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("stand", ""), models.Q(("unbekannt_grund", ""), _negated=True)),
                        models.Q(models.Q(("stand", ""), _negated=True), ("unbekannt_grund", "")),
                        _connector="OR",
                    ),
                    name="pflegeeinstufung_wert_oder_grund",
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "stand__in",
                            [
                                "",
                                "keiner",
                                "stufe_0",
                                "stufe_1",
                                "stufe_2",
                                "stufe_3",
                                "haertefall",
                                "grad_1",
                                "grad_2",
                                "grad_3",
                                "grad_4",
                                "grad_5",
                            ],
                        )
                    ),
                    name="pflegeeinstufung_stand_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("stand__startswith", "stufe"),
                            ("stand", "haertefall"),
                            _connector="OR",
                            _negated=True,
                        ),
                        ("gueltig_bis__lt", datetime.date(2017, 1, 1)),
                        _connector="OR",
                    ),
                    name="pflegeeinstufung_stufe_bis_2016",
                ),
            ),
            migrations.AddConstraint(
                model_name="pflegeeinstufung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("stand__startswith", "grad"), _negated=True),
                        ("gueltig_ab__gte", datetime.date(2017, 1, 1)),
                        _connector="OR",
                    ),
                    name="pflegeeinstufung_grad_ab_2017",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pflegeeinstufung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_pflegeeinstufungevent" ("gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stand", "unbekannt_grund") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stand", NEW."unbekannt_grund"); RETURN NULL;',
                        hash="572b9102ff8ad9122f83944373bbacd993e9a89c",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1c48f",
                        table="cases_pflegeeinstufung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pflegeeinstufung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_pflegeeinstufungevent" ("gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stand", "unbekannt_grund") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stand", NEW."unbekannt_grund"); RETURN NULL;',
                        hash="70957df83f82b56aea7cc731c3ce92af6b1e19d2",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f5056",
                        table="cases_pflegeeinstufung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="pflegeeinstufungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="00681f4fd452906ff40339c74d38eb1d01835875",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_ea107",
                        table="cases_pflegeeinstufungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="schwerbehinderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="schwerbehinderung_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="schwerbehinderung",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="schwerbehinderung_ohne_ueberschneidung",
                ),
            ),
            migrations.AddConstraint(
                model_name="schwerbehinderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "unbekannt_grund__in",
                            [
                                "",
                                "nicht_erfragt",
                                "keine_angabe",
                                "beantragt",
                                "angefordert",
                                "nicht_feststellbar",
                            ],
                        )
                    ),
                    name="schwerbehinderung_unbekannt_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="schwerbehinderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("gdb__isnull", True), models.Q(("unbekannt_grund", ""), _negated=True)
                        ),
                        models.Q(
                            models.Q(("gdb__isnull", True), _negated=True), ("unbekannt_grund", "")
                        ),
                        _connector="OR",
                    ),
                    name="schwerbehinderung_wert_oder_grund",
                ),
            ),
            migrations.AddConstraint(
                model_name="schwerbehinderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gdb__isnull", True),
                        ("gdb__in", [0, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
                        _connector="OR",
                    ),
                    name="schwerbehinderung_gdb_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="schwerbehinderung",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "merkzeichen__contained_by",
                            ["G", "aG", "H", "B", "Bl", "Gl", "TBl", "RF", "1. Kl."],
                        )
                    ),
                    name="schwerbehinderung_merkzeichen_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schwerbehinderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_schwerbehinderungevent" ("ausweis_bis", "gdb", "gleichgestellt", "gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "merkzeichen", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund") VALUES (NEW."ausweis_bis", NEW."gdb", NEW."gleichgestellt", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", NEW."merkzeichen", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unbekannt_grund"); RETURN NULL;',
                        hash="ed16eaa8f8d457f29dd023b3221beb89987ed757",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_74252",
                        table="cases_schwerbehinderung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schwerbehinderung",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_schwerbehinderungevent" ("ausweis_bis", "gdb", "gleichgestellt", "gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "merkzeichen", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund") VALUES (NEW."ausweis_bis", NEW."gdb", NEW."gleichgestellt", NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", NEW."merkzeichen", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unbekannt_grund"); RETURN NULL;',
                        hash="87da7160ffca0858733643712cec4f982aa76def",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_35dff",
                        table="cases_schwerbehinderung",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="schwerbehinderungevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="2818c280126f2da44903857bf4462db90329a5b5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_18fc4",
                        table="cases_schwerbehinderungevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="vertretungsverhaeltnis",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="vertretungsverhaeltnis_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="vertretungsverhaeltnis",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "art__in",
                            [
                                "betreuung",
                                "vollmacht",
                                "eltern",
                                "vormund",
                                "verfahrensbeistand",
                                "vertrauensperson",
                                "beistand",
                            ],
                        )
                    ),
                    name="vertretungsverhaeltnis_art_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="vertretungsverhaeltnis",
                constraint=models.CheckConstraint(
                    condition=models.Q(("anrede__in", ["frau", "herr", "ohne"])),
                    name="vertretungsverhaeltnis_anrede_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="vertretungsverhaeltnis",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "aufgabenkreise__contained_by",
                            [
                                "alle",
                                "behoerden",
                                "vermoegen",
                                "gesundheit",
                                "wohnen",
                                "aufenthalt",
                                "post",
                                "sonstige",
                            ],
                        )
                    ),
                    name="vertretungsverhaeltnis_aufgabenkreise_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vertretungsverhaeltnis",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_vertretungsverhaeltnisevent" ("anrede", "art", "aufgabenkreise", "bemerkung", "einwilligungsvorbehalt", "email", "gericht", "gerichtsaktenzeichen", "gueltig_ab", "gueltig_bis", "handlungsfaehigkeit_eingeschraenkt", "id", "leistungsberechtigte_person_id", "nachname", "nachweis_vom", "organisation", "ort", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plz", "strasse", "telefon", "vorname") VALUES (NEW."anrede", NEW."art", NEW."aufgabenkreise", NEW."bemerkung", NEW."einwilligungsvorbehalt", NEW."email", NEW."gericht", NEW."gerichtsaktenzeichen", NEW."gueltig_ab", NEW."gueltig_bis", NEW."handlungsfaehigkeit_eingeschraenkt", NEW."id", NEW."leistungsberechtigte_person_id", NEW."nachname", NEW."nachweis_vom", NEW."organisation", NEW."ort", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plz", NEW."strasse", NEW."telefon", NEW."vorname"); RETURN NULL;',
                        hash="e4e9fed7ec8b78ebeacb9cbfaa42b241178b249c",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_f53e9",
                        table="cases_vertretungsverhaeltnis",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vertretungsverhaeltnis",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_vertretungsverhaeltnisevent" ("anrede", "art", "aufgabenkreise", "bemerkung", "einwilligungsvorbehalt", "email", "gericht", "gerichtsaktenzeichen", "gueltig_ab", "gueltig_bis", "handlungsfaehigkeit_eingeschraenkt", "id", "leistungsberechtigte_person_id", "nachname", "nachweis_vom", "organisation", "ort", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plz", "strasse", "telefon", "vorname") VALUES (NEW."anrede", NEW."art", NEW."aufgabenkreise", NEW."bemerkung", NEW."einwilligungsvorbehalt", NEW."email", NEW."gericht", NEW."gerichtsaktenzeichen", NEW."gueltig_ab", NEW."gueltig_bis", NEW."handlungsfaehigkeit_eingeschraenkt", NEW."id", NEW."leistungsberechtigte_person_id", NEW."nachname", NEW."nachweis_vom", NEW."organisation", NEW."ort", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plz", NEW."strasse", NEW."telefon", NEW."vorname"); RETURN NULL;',
                        hash="fe1b6135039f1c0fde0ed3f32bab5c46ecd986d8",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_7d75c",
                        table="cases_vertretungsverhaeltnis",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="vertretungsverhaeltnisevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="c59e5a755b62401c91f4c4b84bb85207271d0a3e",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_65ec5",
                        table="cases_vertretungsverhaeltnisevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="wohnsituation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("gueltig_bis__isnull", True),
                        ("gueltig_bis__gte", models.F("gueltig_ab")),
                        _connector="OR",
                    ),
                    name="wohnsituation_ende_nach_beginn",
                ),
            ),
            migrations.AddConstraint(
                model_name="wohnsituation",
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("leistungsberechtigte_person", "="),
                        (
                            models.Func(
                                models.F("gueltig_ab"),
                                models.F("gueltig_bis"),
                                models.Value("[]"),
                                function="daterange",
                            ),
                            "&&",
                        ),
                    ],
                    name="wohnsituation_ohne_ueberschneidung",
                ),
            ),
            migrations.AddConstraint(
                model_name="wohnsituation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "unbekannt_grund__in",
                            [
                                "",
                                "nicht_erfragt",
                                "keine_angabe",
                                "beantragt",
                                "angefordert",
                                "nicht_feststellbar",
                            ],
                        )
                    ),
                    name="wohnsituation_unbekannt_grund_gueltig",
                ),
            ),
            migrations.AddConstraint(
                model_name="wohnsituation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("wohnform", ""), models.Q(("unbekannt_grund", ""), _negated=True)
                        ),
                        models.Q(
                            models.Q(("wohnform", ""), _negated=True), ("unbekannt_grund", "")
                        ),
                        _connector="OR",
                    ),
                    name="wohnsituation_wert_oder_grund",
                ),
            ),
            migrations.AddConstraint(
                model_name="wohnsituation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "wohnform__in",
                            [
                                "",
                                "eigene",
                                "assistenz",
                                "angehoerige",
                                "gemeinschaft",
                                "pflegefamilie",
                                "besondere",
                                "pflegeheim",
                                "ohne",
                                "sonstige",
                            ],
                        )
                    ),
                    name="wohnsituation_wohnform_gueltig",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="wohnsituation",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "cases_wohnsituationevent" ("gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund", "wohnform") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unbekannt_grund", NEW."wohnform"); RETURN NULL;',
                        hash="87c5e141e75b5302f707178ccdee228dcecfd8f2",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_329a7",
                        table="cases_wohnsituation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="wohnsituation",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "cases_wohnsituationevent" ("gueltig_ab", "gueltig_bis", "id", "leistungsberechtigte_person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unbekannt_grund", "wohnform") VALUES (NEW."gueltig_ab", NEW."gueltig_bis", NEW."id", NEW."leistungsberechtigte_person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unbekannt_grund", NEW."wohnform"); RETURN NULL;',
                        hash="fa62487bf383935e70bb2767ed80298b83639e52",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_399f9",
                        table="cases_wohnsituation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="wohnsituationevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="b329d28c9a8ef8351be95fed194e0dfd9cf6b7ec",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_29472",
                        table="cases_wohnsituationevent",
                        when="BEFORE",
                    ),
                ),
            ),
            migrations.RunPython(copy_to_rows),
            migrations.RemoveConstraint(
                model_name="leistungsberechtigteperson",
                name="person_hbg_1_bis_5",
            ),
            migrations.RemoveField(
                model_name="leistungsberechtigteperson",
                name="hilfebedarfsgruppe",
            ),
            migrations.RemoveField(
                model_name="leistungsberechtigteperson",
                name="iban",
            ),
            migrations.RemoveField(
                model_name="leistungsberechtigtepersonevent",
                name="hilfebedarfsgruppe",
            ),
            migrations.RemoveField(
                model_name="leistungsberechtigtepersonevent",
                name="iban",
            ),
        ]
    )
