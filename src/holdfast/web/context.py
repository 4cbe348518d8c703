"""What every page's frame shows: the programme, the navigation and who is signed in."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {}
