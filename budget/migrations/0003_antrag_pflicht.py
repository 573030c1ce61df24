"""Every budget names its Antrag from here on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_antrag")]

    operations = [
        migrations.AlterField(
            model_name="persoenlichesbudget",
            name="antrag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="persoenliche_budgets",
                to="cases.antrag",
                verbose_name="Antrag",
            ),
        ),
        migrations.AlterField(
            model_name="persoenlichesbudgetevent",
            name="antrag",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.antrag",
                verbose_name="Antrag",
            ),
        ),
    ]
