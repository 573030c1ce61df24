import cases.laut
import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0028_stellungnahme_der_traeger'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='vertretungsverhaeltnis',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(cases.laut.Suchform(django.db.models.functions.text.Concat('vorname', models.Value(' '), 'nachname', models.Value(' '), 'organisation', output_field=models.TextField())), name='gin_trgm_ops'), name='vertretung_wer_trgm'),
        ),
    ]
