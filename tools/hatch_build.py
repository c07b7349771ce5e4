"""
When a wheel is built: the map and the charts of the workbench, if npm is at hand, and how well this version reads.

An editable install waits for `make vendor`, and reads the floors where they lie.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Vendor(BuildHookInterface):  # type: ignore[type-arg]  hatchling's own parameter says nothing here
    """Runs tools/vendor.py; a wheel without it is whole but for map and charts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files are gathered."""
        if version == "editable":
            return
        floors = str(Path(self.root) / "evaluation" / "floors.json")
        build_data["force_include"][floors] = "counterclaim/serve/accuracy.json"
        script = Path(self.root) / "tools" / "vendor.py"
        if script.is_file() and subprocess.run([sys.executable, str(script)], check=False).returncode:
            self.app.display_warning("The map and the charts are left out of this wheel: npm is missing.")
