"""The one settings module. Values come from the environment, see docs/betrieb.md."""

from __future__ import annotations

import re
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.env import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

MODE = env.choice("FALLWERK_MODUS", "entwicklung", ("entwicklung", "demo", "produktion"))
PRODUCTION = MODE == "produktion"
DEMO = MODE == "demo"
DEBUG = env.boolean("FALLWERK_DEBUG", False)
DEMO_ACCOUNTS_ALLOWED = not PRODUCTION

_DEV_SECRET = "nur-fuer-entwicklung-und-vorfuehrung-kein-geheimnis"
VERSION = "0.3.0"
SECRET_KEY = env.secret("FALLWERK_SECRET_KEY", None if PRODUCTION else _DEV_SECRET)
SECRET_KEY_FALLBACKS = env.words("FALLWERK_SECRET_KEY_ALT")
# Field keys: "id:hex64" pairs, the first one encrypts, the others still decrypt.
FIELD_KEYS = env.words("FALLWERK_FELDSCHLUESSEL", "" if PRODUCTION else f"dev:{'5a' * 32}")

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("FALLWERK_DEBUG ist in der Produktion nicht erlaubt.")
    if not FIELD_KEYS:
        raise ImproperlyConfigured("Die Umgebungsvariable FALLWERK_FELDSCHLUESSEL fehlt.")
    if any(key.startswith("dev:") for key in FIELD_KEYS) or SECRET_KEY == _DEV_SECRET:
        raise ImproperlyConfigured("Die Schlüssel der Entwicklung gelten nicht in der Produktion.")

ALLOWED_HOSTS = env.words("FALLWERK_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],web")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Die Umgebungsvariable FALLWERK_HOSTS fehlt.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

# The floors, from below; `recht` is plain Python and no app.
OWN_APPS = ("cases", "gesamtplan", "budget", "berichte", "vorfuehrung")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "csp",
    "crispy_forms",
    *OWN_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cases.middleware.HistoryContextMiddleware",
    "cases.middleware.SessionLimitMiddleware",
    "cases.middleware.AccessMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.menu.menu",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "kern"
CRISPY_TEMPLATE_PACK = "kern"
CRISPY_CLASS_CONVERTERS: dict[str, str] = {}

DATABASES = {
    "default": env.database("DATABASE_URL", None if PRODUCTION else "postgresql:///fallwerk")
}
# The plans that the server keeps (cases/vordruck.py) go with their connection.
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"].setdefault("application_name", "fallwerk")
# So many times a question is asked before the server keeps its plan; 0 behind a pooler that hands
# one connection to many.
VORBEREITEN_NACH = env.integer("FALLWERK_DB_VORBEREITEN", 2, 0, 100)
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = VORBEREITEN_NACH or None
# Nobody waits for a row for ever: the page says that somebody else is at it.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=20s")
# Nor does a page work on one question for ever (config/wsgi.py); migrations and nights may.
ANWEISUNG_SEKUNDEN = env.integer("FALLWERK_ANWEISUNG_SEKUNDEN", 0, 0, 600)
if ANWEISUNG_SEKUNDEN:
    DATABASES["default"]["OPTIONS"]["options"] += f" -c statement_timeout={ANWEISUNG_SEKUNDEN}s"
# The role of the program; `migrate` runs as the owner of the tables and gives it its rights.
DATENBANKROLLE = env.text("FALLWERK_DB_ROLLE", "fallwerk_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The change history says who wrote what: the database refuses to change or delete it.
PGHISTORY_APPEND_ONLY = True

# What is counted (tries of a login, used codes) is counted once for all processes and survives a
# restart; what only saves a query may be different in each of them.
CACHES = {
    "default": {"BACKEND": "cases.zaehlwerk.Zaehlwerk"},
    "prozess": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

REDIS_URL = env.text("REDIS_URL", None if PRODUCTION else "redis://127.0.0.1:6379/0")

AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cases.forms.passwort.KontextwortValidator"},
    {"NAME": "cases.forms.passwort.BekanntValidator"},
]
# Passwords that became known elsewhere: sorted SHA-1 values in hex, one a line.
PASSWORTLISTE = env.text("FALLWERK_PASSWORTLISTE", "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cases.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# By account and by address; a device that the person has used before has a count of its own, so
# that strangers cannot lock anybody out. Behind proxies FALLWERK_PROXYS tells the real address.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "login_bekannt": "10/5m/key",
    "login_fremd": "100/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("FALLWERK_PROXYS", 0, 0, 5)
MFA_ADAPTER = "cases.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = env.boolean("FALLWERK_PASSKEYS", PRODUCTION)
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Fallwerk"
# In the demo nobody has a second factor; everywhere else it is asked for.
MFA_REQUIRED = env.boolean("FALLWERK_ZWEITER_FAKTOR", PRODUCTION)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = env.integer("FALLWERK_SITZUNG_LEERLAUF", 30 * 60, 300, 8 * 3600)
SESSION_ABSOLUTE_SECONDS = env.integer("FALLWERK_SITZUNG_HOECHSTENS", 10 * 3600, 3600, 24 * 3600)
# How long a login or a confirmation of identity counts for releases, exports and accounts.
BESTAETIGUNG_SECONDS = env.integer("FALLWERK_BESTAETIGUNG", 10 * 60, 60, 3600)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "fallwerk_session"
# On a device that somebody has used before, strangers cannot lock the account out.
GERAET_COOKIE_NAME = "__Host-geraet" if PRODUCTION else "fallwerk_geraet"
CSRF_COOKIE_SECURE = PRODUCTION
# Gone with the browser, as the session is.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "fallwerk_csrf"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = PRODUCTION
# Whoever asks for the state of operation sends a key: in clear it is refused, not sent again.
SECURE_REDIRECT_EXEMPT = [r"^gesund/betrieb/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.boolean("FALLWERK_HINTER_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "report-uri": "/csp-meldung/",
    }
}

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
LANGUAGES = [("de", "Deutsch")]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("FALLWERK_STATIK", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("FALLWERK_SMTP_HOST", None if PRODUCTION else "127.0.0.1")
EMAIL_PORT = env.integer("FALLWERK_SMTP_PORT", 587 if PRODUCTION else 2525, 1, 65535)
EMAIL_HOST_USER = env.text("FALLWERK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("FALLWERK_SMTP_PASSWORT", "")
EMAIL_USE_TLS = env.boolean("FALLWERK_SMTP_TLS", PRODUCTION)
EMAIL_TIMEOUT = env.integer("FALLWERK_SMTP_SEKUNDEN", 15, 1, 60)
if PRODUCTION and not EMAIL_USE_TLS:
    raise ImproperlyConfigured("Ohne FALLWERK_SMTP_TLS=ja verschickt die Produktion keine Post.")
DEFAULT_FROM_EMAIL = env.text("FALLWERK_ABSENDER", "teilhabe@landkreis-musterau.example")
PUBLIC_URL = env.text("FALLWERK_ADRESSE", None if PRODUCTION else "http://127.0.0.1:8000")

# Documents: limits of one file, and the scanner for malware (host:port or path of a socket).
DATEI_MB = env.integer("FALLWERK_DATEI_MB", 25, 1, 200)
DATEI_SEITEN = env.integer("FALLWERK_DATEI_SEITEN", 500, 1, 5000)
DATEI_MEGAPIXEL = env.integer("FALLWERK_DATEI_MEGAPIXEL", 60, 1, 200)
# All files of one case together; a larger one is for the archive of the house.
FALL_MB = env.integer("FALLWERK_FALL_MB", 2000, 10, 100_000)
CLAMD = env.text("FALLWERK_CLAMD", "")
if CLAMD and not re.fullmatch(r"/.+|[^/\s]+:\d{1,5}", CLAMD):
    raise ImproperlyConfigured(
        "FALLWERK_CLAMD muss host:port oder der Pfad eines Sockets sein, zum Beispiel clamd:3310."
    )
# What is larger than allowed is read to its end but kept nowhere: the form can say so.
FILE_UPLOAD_HANDLERS = ["cases.forms.dateien.BegrenzterUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# How often what nobody has woken is looked for; so long also waits the order of a dead worker.
ABGLEICH_SEKUNDEN = env.integer("FALLWERK_ABGLEICH_SEKUNDEN", 60, 5, 600)
# So long an e-mail that a person has sent off can be taken back.
RUECKRUF_MINUTEN = env.integer("FALLWERK_RUECKRUF_MINUTEN", 10, 0, 120)

# Celery names a socket differently from the Redis client.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
# On a busy machine a process takes its time to start; a killed one would only do so again.
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Lines of different rank: what is urgent overtakes what has been waiting.
    "queue_order_strategy": "priority",
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_PUBLISH_RETRY = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "fallwerk": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        "django.server": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
    },
}
# Whoever sends it may read the state of operation; without it the page does not exist.
BETRIEB_SCHLUESSEL = env.text("FALLWERK_BETRIEB_SCHLUESSEL", "")
# After so many days without a daily run a person confirms that the clock is right.
STILLSTAND_TAGE = env.integer("FALLWERK_STILLSTAND_TAGE", 7 if PRODUCTION else 3650, 1, 3650)
# How often (s) each process compares its clock with the database's before it writes; 0 = never.
UHRVERGLEICH_SEKUNDEN = 60
TEST_RUNNER = "django.test.runner.DiscoverRunner"
