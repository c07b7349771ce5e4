#!/usr/bin/env bash
# gdelt 0.1.14 (gdeltPyR, PyPI) installs its tables (CAMEO codes, column names, sample rows) as data files below the environment's prefix (`PREFIX/data`),
# and looks for them beside the package (`PREFIX/lib/pythonX.Y/site-packages/data`). So it never finds them: `import gdelt` asks GitHub for the CAMEO codes
# instead, and where GitHub is out of reach the import itself ends with requests' ConnectionError. Copying `PREFIX/data` into site-packages mends it.
# Seen 1 December 2026, Python 3.11, pandas 3.1.1.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check gdelt==0.1.14 pandas==3.1.1 2>/dev/null
venv/bin/python - <<'PYTHON'
import importlib.metadata as metadata
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

site = Path(sysconfig.get_paths()["purelib"])
tables = sorted(str(file.locate().resolve().relative_to(sys.prefix)) for file in metadata.files("gdelt") if "data/" in str(file))
print(len(tables), "tables, the first:", tables[0], "| beside the package:", (site / "data").is_dir())
assert tables[0] == "data/cameoCodes.json"
assert not (site / "data").exists()

# An address where nothing listens stands for a machine without a network.
closed = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


def load() -> tuple[int, str]:
    tried = subprocess.run([sys.executable, "-c", "import gdelt"], env=closed, capture_output=True, text=True)
    return tried.returncode, (tried.stderr.strip().splitlines() or [""])[-1].partition(":")[0]


print("import gdelt, offline:", load())
assert load()[0] == 1
assert load()[1].endswith(("ConnectionError", "ProxyError"))
shutil.copytree(Path(sys.prefix) / "data", site / "data")
print("with the tables copied beside it:", load())
assert load() == (0, "")
PYTHON
