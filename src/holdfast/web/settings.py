"""Every setting, from the environment. A missing or odd value stops start-up and names the variable.

HOLDFAST_MODE         live (default), demo or test. Demo and test relax HTTPS and allow a throwaway secret key.
HOLDFAST_SECRET_KEY   required when live: at least 50 characters
HOLDFAST_DATA         the folder for the database, the analytical store and originals (default: var; demo: var/demo)
HOLDFAST_DATABASE_URL sqlite (default, in HOLDFAST_DATA) or postgresql://user:password@host:port/name
HOLDFAST_ENGINE       duckdb (default) or postgresql://... for the analytical engine
HOLDFAST_TODAY        YYYY-MM-DD to fix the date (demo and test; refused when live)
HOLDFAST_PROGRAMME    the programme the command line uses when --programme is not given
HOLDFAST_HOSTS        comma-separated host names to answer to; required when live
HOLDFAST_PROXIES      how many proxies of yours a request passes, the one that ends TLS included; required when live
HOLDFAST_MAIL         smtp://user:password@host:port, for links to choose a password (default: none is sent)
HOLDFAST_MAIL_FROM    the address that mail comes from; required with HOLDFAST_MAIL
HOLDFAST_ADDRESS      where readers find the service, for links in mails and papers (default: localhost and its port)
"""

import datetime
import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured


def _refuse(variable: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{variable} {problem}. Set it in the environment and start again.")


MODE = os.environ.get("HOLDFAST_MODE", "live")
if MODE not in ("live", "demo", "test"):
    raise _refuse("HOLDFAST_MODE", "must be live, demo or test")
LIVE = MODE == "live"
DEBUG = False

SECRET_KEY = os.environ.get("HOLDFAST_SECRET_KEY", "" if LIVE else "not-a-secret-" + "x" * 50)
if len(SECRET_KEY) < 50:
    raise _refuse("HOLDFAST_SECRET_KEY", "must be at least 50 characters")

_hosts = os.environ.get("HOLDFAST_HOSTS", "" if LIVE else "localhost,127.0.0.1,[::1],testserver")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]
if not ALLOWED_HOSTS:
    raise _refuse("HOLDFAST_HOSTS", "must name at least one host")

_proxies = os.environ.get("HOLDFAST_PROXIES", "" if LIVE else "0")
if not _proxies.isdigit() or not (LIVE <= int(_proxies) <= 9):
    raise _refuse("HOLDFAST_PROXIES", "must say how many proxies a request passes: 1 when one of yours ends TLS")
HOLDFAST_PROXIES = int(_proxies)

# The demonstration's date and programme are data, beside what it is built from.
_demo = json.loads((Path(__file__).parent / "library/demo.json").read_text(encoding="utf-8")) if MODE == "demo" else {}
HOLDFAST_DATA = Path(os.environ.get("HOLDFAST_DATA", "var/demo" if MODE == "demo" else "var")).resolve()
_mark = HOLDFAST_DATA / "demonstration.json"  # a demonstration that was built knows its day
_built = json.loads(_mark.read_text(encoding="utf-8")) if MODE == "demo" and _mark.is_file() else {}
_today = os.environ.get("HOLDFAST_TODAY", _built.get("today", _demo.get("today", "")))
try:
    HOLDFAST_TODAY = datetime.date.fromisoformat(_today) if _today else None
except ValueError as odd:
    raise _refuse("HOLDFAST_TODAY", "must be a date like 2014-02-10") from odd
if LIVE and HOLDFAST_TODAY:
    raise _refuse("HOLDFAST_TODAY", "is only for the demo and tests")

os.umask(0o077)  # what is written there holds children's records: for the account the service runs as, and no other
HOLDFAST_ADDRESS = os.environ.get("HOLDFAST_ADDRESS", "http://localhost:8000").rstrip("/")
if not HOLDFAST_ADDRESS.startswith(("http://", "https://")):
    raise _refuse("HOLDFAST_ADDRESS", "must begin http:// or https://")
HOLDFAST_PROGRAMME = os.environ.get("HOLDFAST_PROGRAMME", _demo["programmes"][0]["code"] if _demo else "")
HOLDFAST_ENGINE = os.environ.get("HOLDFAST_ENGINE", "duckdb")
if HOLDFAST_ENGINE != "duckdb" and not HOLDFAST_ENGINE.startswith("postgresql://"):
    raise _refuse("HOLDFAST_ENGINE", "must be duckdb or begin postgresql://")


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOLDFAST_DATA / "holdfast.sqlite3",
            # A file: SQLite in memory locks whole tables between threads, and knows no WAL.
            "TEST": {"NAME": HOLDFAST_DATA / "holdfast-test.sqlite3"},
            # Measured: without WAL and IMMEDIATE, concurrent writers fail with "database is locked".
            "OPTIONS": {
                "timeout": 60,  # as long as a service waits (access/writes.py): what others write, sessions too, waits
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise _refuse("HOLDFAST_DATABASE_URL", "must look like postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("HOLDFAST_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "holdfast.web",
    "holdfast.reports",
    "holdfast.governance",
    "holdfast.audits",
    "holdfast.practice",
    "holdfast.plan",
    "holdfast.notice",
    "holdfast.questions",
    "holdfast.performance",
    "holdfast.agreements",
    "holdfast.organisation",
    "holdfast.jobs",
    "holdfast.pages",
    "holdfast.access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "holdfast.web.edges.TrueAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "holdfast.access.session_limits.SessionLimits",
    "holdfast.web.edges.BodyLimit",
    "axes.middleware.AxesMiddleware",
    "holdfast.web.edges.NothingTurnedRound",
    *(["holdfast.web.edges.InventedFiles"] if MODE == "demo" else []),
]

ROOT_URLCONF = "holdfast.web.urls"
WSGI_APPLICATION = "holdfast.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdfast.web.context.frame",
            ],
            "builtins": ["django.contrib.humanize.templatetags.humanize"],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "holdfast.access.passwords.UnlikeTheAccount"},
    {"NAME": "holdfast.access.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "holdfast.access.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "holdfast.access.sign_in.ClosedSignUp"
ACCOUNT_SESSION_REMEMBER = False  # the session limits below say how long, not a tick box
# Counted in files that every server process of a machine shares: in memory, two of them would each allow as many.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOLDFAST_DATA / "throttles",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# axes locks one account from one place after AXES_FAILURE_LIMIT; these slow one place that tries many accounts.
# Never by account alone: a stranger who knows a user name could then keep its owner out. But a code is: who guesses
# one has the password.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "100/15m/ip", "second_step": "5/15m/key"}
ACCOUNT_FORMS = {
    "login": "holdfast.access.forms.SignInForm",
    "change_password": "holdfast.access.forms.NewPasswordForm",
    "set_password": "holdfast.access.forms.FirstPasswordForm",
    "reauthenticate": "holdfast.access.forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "holdfast.access.forms.CodeForm",
    "reauthenticate": "holdfast.access.forms.CodeAgainForm",
    "activate_totp": "holdfast.access.forms.AddAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Holdfast"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "holdfast.access.sign_in.locked_out"
AXES_CLIENT_STR_CALLABLE = "holdfast.access.sign_in.nobody_in_particular"
AXES_VERBOSE = False

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
SESSION_COOKIE_AGE = 12 * 60 * 60
HOLDFAST_SESSION_IDLE_SECONDS = 30 * 60
HOLDFAST_SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = LIVE
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if LIVE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = LIVE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HOLDFAST_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "holdfast.access.views.form_expired"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "connect-src": [SELF],  # answers are saved while they are typed
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "static/"
STATIC_ROOT = HOLDFAST_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
HOLDFAST_RETURN_MAX_BYTES = 1024**3  # a county's census is about 220 MB; more than this is the wrong file
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["holdfast.jobs.arriving.ToDisk"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = None
_mail = urlsplit(os.environ.get("HOLDFAST_MAIL", ""))
if _mail.geturl() and (_mail.scheme not in ("smtp", "smtps") or not _mail.hostname):
    raise _refuse("HOLDFAST_MAIL", "must look like smtp://user:password@host:port")
HOLDFAST_SENDS_MAIL = bool(_mail.hostname) or MODE == "test"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or (465 if _mail.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("HOLDFAST_MAIL_FROM", "")
if _mail.hostname and "@" not in DEFAULT_FROM_EMAIL:
    raise _refuse("HOLDFAST_MAIL_FROM", "must be an email address")
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # how long a link to choose a password works
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = None
