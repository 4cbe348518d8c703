"""Build a small demonstration in HOLDFAST_DATA, through the real path, for the browser to look at. Run as a program."""

import json
import os
from pathlib import Path

from holdfast.web import demo

CHILDREN_SCALE = 0.05


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    settings = json.loads(demo.LIBRARY.read_text(encoding="utf-8"))
    settings["children_scale"] = CHILDREN_SCALE
    demo.build(Path(os.environ["HOLDFAST_DATA"]), settings, say=print)


if __name__ == "__main__":
    main()
