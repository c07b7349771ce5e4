"""The public API is what `counterclaim.__all__` says, and each name is there."""

import subprocess
import sys

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
