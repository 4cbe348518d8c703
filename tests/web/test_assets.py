"""The styles carry no typeface, crown or logo, and nothing of another site."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/holdfast/web/static"


@pytest.fixture(scope="module")
def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("assets", ROOT / "tools/assets.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_typeface_and_the_crest_are_taken_out(assets: ModuleType) -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/a.woff2)}a{font-family:GDS Transport,arial,sans-serif}"
        ".b:before{padding:1px;background-image:url(/x/govuk-crest.svg);color:red}/*# sourceMappingURL=x.map */"
    )
    made = assets.without_typeface(css)
    assert made == "a{font-family:Arial,Helvetica,sans-serif}.b:before{padding:1px;color:red}"
    assets.refuse_forbidden(made)


def test_styles_that_still_name_the_typeface_are_refused(assets: ModuleType) -> None:
    with pytest.raises(assets.NoAssets, match="GDS Transport"):
        assets.refuse_forbidden("a{font-family:GDS Transport}")


def test_what_is_served_holds_no_typeface_crown_or_address() -> None:
    assert (STATIC / "vendor/govuk-frontend.css").is_file(), "run python tools/assets.py"
    for path in STATIC.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "GDS Transport" not in text, path
            assert not re.search(r"url\(['\"]?(https?:)?//|@import|@font-face", text), path
        assert not re.search(r"crown|crest|govuk-logo|opengraph", path.name), path


def test_a_second_copy_has_nothing_to_do(assets: ModuleType) -> None:
    assert assets.is_ready()
    assert assets.main() == 0
