"""Secure by default: the policy header on every page, cookies and HTTPS when live, and no start on odd settings."""

import json
import os
import subprocess
import sys

import pytest

from house.ground import ROOT

KEY = "an-invented-key-for-tests-" + "0123456789abcdef" * 4
LIVE = {"HOLDFAST_MODE": "live", "HOLDFAST_SECRET_KEY": KEY, "HOLDFAST_HOSTS": "holdfast.example.gov.uk"}
LIVE["HOLDFAST_PROXIES"] = "1"


def start(tmp_path, code="from holdfast.web import settings", **environment):
    """Run Python with nothing in the environment but what is given."""
    plain = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME", "LANG") if name in os.environ}
    plain |= {
        "PYTHONPATH": str(ROOT / "src"),
        "HOLDFAST_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "holdfast.web.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", code], env=plain | environment, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"HOLDFAST_MODE": "production"}, "HOLDFAST_MODE must be live, demo or test"),
        ({"HOLDFAST_SECRET_KEY": ""}, "HOLDFAST_SECRET_KEY must be at least 50 characters"),
        ({"HOLDFAST_SECRET_KEY": "short"}, "HOLDFAST_SECRET_KEY must be at least 50 characters"),
        ({"HOLDFAST_HOSTS": " , "}, "HOLDFAST_HOSTS must name at least one host"),
        ({"HOLDFAST_PROXIES": ""}, "HOLDFAST_PROXIES must say how many proxies"),
        ({"HOLDFAST_PROXIES": "0"}, "HOLDFAST_PROXIES must say how many proxies"),
        ({"HOLDFAST_PROXIES": "one"}, "HOLDFAST_PROXIES must say how many proxies"),
        ({"HOLDFAST_MAIL": "mail.example"}, "HOLDFAST_MAIL must look like smtp://"),
        ({"HOLDFAST_MAIL": "smtp://mail.example"}, "HOLDFAST_MAIL_FROM must be an email address"),
        ({"HOLDFAST_TODAY": "2031-02-10"}, "HOLDFAST_TODAY is only for the demo and tests"),
        ({"HOLDFAST_MODE": "demo", "HOLDFAST_TODAY": "10 February"}, "HOLDFAST_TODAY must be a date like 2014-02-10"),
        ({"HOLDFAST_ENGINE": "abacus"}, "HOLDFAST_ENGINE must be duckdb or begin postgresql://"),
        ({"HOLDFAST_DATABASE_URL": "mysql://x/y"}, "HOLDFAST_DATABASE_URL must look like postgresql://"),
        ({"HOLDFAST_DATABASE_URL": "postgresql://host"}, "HOLDFAST_DATABASE_URL must look like postgresql://"),
    ],
)
def test_a_missing_or_odd_setting_stops_the_start_and_is_named(tmp_path, change, named):
    """Promise: one settings file from the environment; a missing or odd value stops start-up and names the variable."""
    answer = start(tmp_path, **{**LIVE, **change})
    assert answer.returncode != 0
    assert named in answer.stderr
    assert "Set it in the environment and start again" in answer.stderr


def test_with_nothing_said_it_is_live_and_will_not_start_without_a_key(tmp_path):
    """Promise: fail closed: forgetting to say is the strict mode."""
    answer = start(tmp_path)
    assert answer.returncode != 0
    assert "HOLDFAST_SECRET_KEY" in answer.stderr


def test_live_passes_djangos_own_deployment_checks(tmp_path):
    """Promise: HTTPS, HSTS, secure cookies and hosts are set when live; Django's deployment checks find nothing."""
    code = (
        "import django, sys; from django.core.management import call_command; django.setup();"
        "call_command('check', '--deploy', '--fail-level', 'WARNING')"
    )
    answer = start(tmp_path, code, **LIVE)
    assert answer.returncode == 0, answer.stderr


def test_live_answers_only_over_https_with_hsts_and_its_cookies_are_secure(tmp_path):
    """Promise: secure cookies and HSTS outside the demo."""
    code = """
import json, warnings, django
warnings.simplefilter("ignore")
django.setup()
from django.conf import settings
from django.test import Client
host = "holdfast.example.gov.uk"
plain = Client(headers={"host": host}).get("/health")
safe = Client(headers={"host": host, "x-forwarded-proto": "https"}).get("/health")
other = Client(headers={"host": "elsewhere.example", "x-forwarded-proto": "https"}).get("/health")
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "safe": safe.status_code, "hsts": safe["Strict-Transport-Security"], "other": other.status_code,
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
}))
"""
    answer = start(tmp_path, code, **LIVE)
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout.splitlines()[-1])
    assert said["plain"] == [301, "https://holdfast.example.gov.uk/health"]
    assert (said["safe"], said["other"]) == (200, 400)
    assert said["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert said["cookies"] == [True, True, True]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", "nobody", "director", "administrator"])
def test_the_content_security_policy_is_strict_on_every_page(client_for, role):
    """Promise: a strict policy without inline script or style and without third parties, on every page and error."""
    client = client_for(role)
    for address in ("/", "/westmere-2031/", "/westmere-2031/accounts/", "/account/sign-in", "/no/such/page", "/health"):
        policy = dict(
            part.strip().partition(" ")[::2] for part in client.get(address)["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'", address
        assert policy["script-src"] == policy["style-src"] == "'self'", address
        assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} & set(str(policy).replace("'", " ").split())
        assert policy["frame-ancestors"] == "'none'"


@pytest.mark.django_db
def test_what_is_only_for_its_reader_is_not_kept_by_caches(client_for):
    """Promise: a page behind a door is for one person: neither a cache nor the back button of a laptop keeps it."""
    response = client_for("director").get("/westmere-2031/people/")
    assert "Cookie" in response["Vary"]
    assert response["Cache-Control"] == "private, no-store"


def test_uploads_and_the_store_lie_outside_what_is_served(settings):
    """Promise: nothing sent to us is served as a file."""
    assert not getattr(settings, "MEDIA_ROOT", "")
    assert settings.STATIC_ROOT.name == "static"
    assert settings.STATIC_ROOT != settings.HOLDFAST_DATA
