# Bau: Pakete in eine eigene Umgebung, geprüft gegen die Sperrdatei.
FROM python:3.11-slim-bookworm AS bau
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r /tmp/base.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libharfbuzz-subset0 libmagic1 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 fallwerk \
    && useradd --system --uid 10001 --gid fallwerk --no-create-home --home-dir /tmp fallwerk
COPY --from=bau /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    XDG_CACHE_HOME=/tmp
WORKDIR /app
COPY . .
# Gestaltung und Schriften werden beim Bau gesammelt; dafür braucht es weder Datenbank noch
# Geheimnis, die Betriebsart des Baus gilt nicht für den Betrieb.
RUN FALLWERK_MODUS=entwicklung python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /app
USER fallwerk
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--log-level", "warning", "--max-requests", "5000", "--max-requests-jitter", "500"]
