import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0005_grunddaten'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErzaehlterFall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('platz', models.PositiveSmallIntegerField(unique=True, verbose_name='Platz in der Reihe')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case', verbose_name='Fall')),
                ('erzaehlt', models.BooleanField(default=False, verbose_name='zu Ende erzählt')),
            ],
            options={
                'verbose_name': 'erzählter Fall',
                'verbose_name_plural': 'erzählte Fälle',
                'ordering': ['platz'],
            },
        ),
        migrations.CreateModel(
            name='Ladestand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.DateField(verbose_name='erzählt für den Tag')),
                ('faelle', models.PositiveSmallIntegerField(verbose_name='Zahl der Fälle')),
                ('naechster', models.PositiveSmallIntegerField(default=0, verbose_name='nächster Platz der Reihe')),
                ('schritte', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='erledigte Schritte')),
                ('fertig_am', models.DateTimeField(blank=True, null=True, verbose_name='vollständig seit')),
            ],
            options={
                'verbose_name': 'Ladestand der Vorführung',
                'verbose_name_plural': 'Ladestand der Vorführung',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='ladestand_einmal')],
            },
        ),
    ]
