"""A wheel is whole, or it is not built: without its front end no page of it could be shown.

It is made by ``make setup``, which needs Node (from PyPI) and the packages for development; a build needs neither, and
an installed wheel does not.
"""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface[Any]):
    """Run by hatchling before it collects files, for a wheel and for a source distribution alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        # A checkout that is installed to work on makes its front end afterwards.
        if version == "editable":
            return
        is_made = runpy.run_path(str(root / "pyramid_app/base/web/assets.py"))["is_made"]
        if not is_made(root, root / "static" / "vendor"):
            self.app.abort("The front-end files in static/vendor are missing or old: run make setup, then build again.")
