"""Settings, read from the environment. One file, three modes: demo (the default), test, production."""

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("COLEAD_VAR", ROOT / "var"))

MODE = os.environ.get("COLEAD_MODE", "demo")
if MODE not in ("demo", "test", "production"):
    raise ImproperlyConfigured(f"COLEAD_MODE is {MODE!r}; it can be demo, test or production.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
if DEMO:
    VAR.mkdir(parents=True, exist_ok=True)
DEBUG = False  # even in the demo: pages must look as they will for real

KNOWN_KEY = "not-a-secret: good enough to look around, never for real people's words"
SECRET_KEY = os.environ.get("COLEAD_SECRET_KEY", "" if PRODUCTION else KNOWN_KEY)
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("COLEAD_SECRET_KEY must be set to at least 50 random characters in production.")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("COLEAD_OLD_SECRET_KEYS", "").split(",") if key]

# Links in mail are built from here, never from the request.
SITE_URL = os.environ.get("COLEAD_SITE_URL", "" if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
if PRODUCTION and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "COLEAD_SITE_URL must be the https:// address that people type, for example https://colead.example."
    )
ALLOWED_HOSTS = [SITE_URL.partition("://")[2].partition(":")[0]] + ([] if PRODUCTION else ["127.0.0.1", "localhost"])
if MODE == "test":
    ALLOWED_HOSTS += ["testserver"]

INSTALLED_APPS = [
    "colead.programme",
    "colead.staffpage",
    "colead.meetings",
    "colead.playbook",
    "colead.practices",
    "colead.plans",
    "colead.decisions",
    "colead.surveys",
    "colead.schools",
    "colead.answers",
    "colead.texts",
    "colead.accounts",
    "colead.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "template_partials",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
# MIGRATION_MODULES of a database that gets its tables straight from the models, in tests and in a new demo: half a
# minute sooner. The box runs its own migrations everywhere: they set up what models cannot say.
FROM_MODELS = {app.rpartition(".")[2]: None for app in INSTALLED_APPS if app != "colead.answers"}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "colead.web.middleware.headers",
    "colead.surveys.answering.door.round_about",  # before the session: whoever answers a survey meets none
    "colead.staffpage.nobody.nobody_known",  # likewise: whoever reads what staff read is nobody
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "colead.accounts.middleware.language",
    "colead.accounts.middleware.staying",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "colead.urls"
WSGI_APPLICATION = "colead.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "colead.web.templatetags.page",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "colead.web.context.site",
            ],
            "string_if_invalid": "",
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Return Django's settings for `sqlite:PATH` or `postgresql:NAME?host=..&port=..&user=..&password=..`."""
    kind, _, rest = url.partition(":")
    if kind == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": rest,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-65536;",
            },
        }
    if kind != "postgresql":
        raise ImproperlyConfigured(f"COLEAD_DATABASE is {url!r}; it can be sqlite:PATH or postgresql:NAME?host=...")
    name, _, query = rest.partition("?")
    given = dict(pair.split("=", 1) for pair in query.split("&") if pair)
    known = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "CONN_MAX_AGE": 600,
        **{ours: given[theirs] for ours, theirs in known.items() if theirs in given},
    }


DATABASES = {
    "default": _database(os.environ.get("COLEAD_DATABASE", f"sqlite:{VAR / 'colead.sqlite3'}")),
    "ballots": _database(os.environ.get("COLEAD_BALLOTS", f"sqlite:{VAR / 'ballots.sqlite3'}")),
}
if DATABASES["default"] == DATABASES["ballots"]:
    raise ImproperlyConfigured("COLEAD_BALLOTS must name another database than COLEAD_DATABASE.")
DATABASE_ROUTERS = ["colead.answers.routing.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if MODE == "test"
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "colead_cache",
    }
}

# Who comes in, and how: a code by mail; a passkey or an authenticator for those who want one.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []  # there are no passwords
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "colead.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code is the verification: nobody comes in without one the first time
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
# A whole staff room sits behind one address, so the limits per address are wide; those per person stay narrow.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "200/m/ip,600/h/ip,5/900s/key,8/h/key",
    "wrong_login_code": "100/h/ip,10/h/key",
    "login_failed": "60/m/ip,5/300s/key",
}
MFA_ADAPTER = "colead.accounts.adapter.MfaAdapter"
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
SECOND_STEP_FOR_OFFICES = PRODUCTION  # people of the demo and of most tests have none
MFA_TOTP_TOLERANCE = 1  # half a minute for slow thumbs
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Colead"

SESSION_COOKIE_AGE = 14 * 24 * 3600  # on a device of their own, for those who tick the box
SESSION_IDLE = int(os.environ.get("COLEAD_IDLE_HOURS", "12")) * 3600  # everywhere else
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-colead" if PRODUCTION else "colead"
CSRF_COOKIE_NAME = "__Host-colead-form" if PRODUCTION else "colead-form"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("COLEAD_BEHIND_PROXY") == "yes":  # only where the proxy overwrites the header
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits count the address that the proxy saw
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "colead.web.errors.stale_form"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

EMAIL_BACKEND = {
    "demo": "django.core.mail.backends.filebased.EmailBackend",
    "test": "django.core.mail.backends.locmem.EmailBackend",
    "production": "django.core.mail.backends.smtp.EmailBackend",
}[MODE]
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("COLEAD_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("COLEAD_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("COLEAD_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("COLEAD_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("COLEAD_MAIL_TLS", "no") == "yes"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("COLEAD_MAIL_FROM", "Colead <colead@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # the pages staff answer surveys on speak more: surveys.models.Wave.Language
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"  # what people see is in their school's own zone

STATIC_URL = "static/"
# `make run` and a production start collect the files once, hashed and compressed; before that the finders serve them.
COLLECTED = PRODUCTION or (MODE != "test" and (VAR / "static" / "staticfiles.json").exists())
STATIC_ROOT = None if MODE == "test" else VAR / "static"
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # uploads are read, never kept
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
