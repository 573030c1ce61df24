"""A draft knows its page heading and its case; old ones are found by their time."""

import django.db.models.deletion
from django.db import migrations, models

from cases.migrations import gebuendelt


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_tisch")]

    operations = gebuendelt(
        [
            migrations.AddField(
                model_name="entwurf",
                name="titel",
                field=models.CharField(blank=True, max_length=100, verbose_name="Titel"),
            ),
            migrations.AddField(
                model_name="entwurf",
                name="case",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="entwuerfe",
                    to="cases.case",
                    verbose_name="Fall",
                ),
            ),
            migrations.AddIndex(
                model_name="entwurf",
                index=models.Index(fields=["zeit"], name="entwurf_zeit"),
            ),
            migrations.AddIndex(
                model_name="formularvorgang",
                index=models.Index(fields=["zeit"], name="formularvorgang_zeit"),
            ),
        ]
    )
