"""The public API is what `counterclaim.__all__` says, and each name is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import counterclaim


def test_every_exported_name_is_there():
    for name in counterclaim.__all__:
        assert getattr(counterclaim, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(counterclaim, "no_such_name")


@pytest.mark.slow
def test_importing_the_package_loads_no_model_library():
    code = "import sys, counterclaim; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_public_name_has_a_line_in_the_documentation_that_runs():
    page = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    code = " ".join(re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL))
    assert [name for name in counterclaim.__all__ if not re.search(rf"\b{name}\b", code)] == ["__version__"]
