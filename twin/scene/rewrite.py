"""Changes single values of a plant file's text; all else of it stays, comments included."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

WIDTH = 118


def rewritten(text: str, asset: str, settings: Mapping[str, Any], couplings: Mapping[int, Mapping[str, float]]) -> str:
    """The text with other settings of an asset, and other numbers of couplings.

    Args:
        text: A sound plant file.
        asset: Id of an asset of it.
        settings: By name; those not named stay.
        couplings: Numbers by name, by the coupling's place in the file.
    """
    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes = WIDTH, True
    yaml.allow_duplicate_keys = False
    document = yaml.load(text)
    found = next(item for item in document["assets"] if item.get("id") == asset)
    found.setdefault("settings", CommentedMap()).update(settings)
    for at, numbers in couplings.items():
        document["couplings"][at].update(numbers)
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()
