"""The proxy configuration that ships says what the product relies on; and nginx itself reads it, where there is one."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from holdfast.access.links import link_for

CONFIGURATION = Path(__file__).resolve().parents[2] / "docs/running/nginx.conf"


def value(name: str) -> str:
    (found,) = re.findall(rf"^\s*{name}\s+(.+?);", CONFIGURATION.read_text(encoding="utf-8"), re.MULTILINE)
    return str(found)


def test_whole_requests_are_taken_in_before_they_are_passed_on() -> None:
    assert value("proxy_request_buffering") == "on"
    assert {value("client_header_timeout"), value("client_body_timeout"), value("send_timeout")} == {"10s", "30s"}


def test_the_largest_return_passes_and_little_more(settings: Any) -> None:
    assert value("client_max_body_size") == f"{settings.HOLDFAST_RETURN_MAX_BYTES // 1024**2 + 1}m"


@pytest.mark.parametrize(
    ("header", "says"),
    [("X-Forwarded-For", "$proxy_add_x_forwarded_for"), ("X-Forwarded-Proto", "$scheme"), ("Host", "$host")],
)
def test_what_holdfast_believes_is_said_by_the_proxy_and_not_by_the_sender(header: str, says: str) -> None:
    assert value(rf"proxy_set_header {header}") == says


def test_no_query_is_logged_since_one_chooses_a_password(people: Any) -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert "?" in link_for(people["director"]), "the link's secret is in its query"
    (logged,) = re.findall(r"^log_format holdfast '(.+)';", text, re.MULTILINE)
    for whole in ("$request ", "$request_uri", "$args", "$query_string", "$http_referer", "$is_args"):
        assert whole not in f"{logged} "
    servers = text.split("server {")[1:]
    assert len(servers) == 2
    for server in servers:
        assert re.search(r"access_log \S+ holdfast;", server)
        assert re.search(r"error_log +\S+ crit;", server)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not here to read its configuration")
def test_nginx_reads_it(tmp_path: Path) -> None:
    inside = CONFIGURATION.read_text(encoding="utf-8")
    without_tls = re.sub(r"ssl_certificate.*;|listen 443 ssl;", "", inside).replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {without_tls} }}", encoding="utf-8")
    read = subprocess.run(["nginx", "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, text=True)
    assert read.returncode == 0, read.stderr
