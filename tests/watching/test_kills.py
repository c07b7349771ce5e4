"""A watch that is killed at random moments comes to the same store; `python -m benchmarks.soak` does it for an hour."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
def test_a_watch_killed_at_random_moments_reads_every_page_and_tells_of_it_once():
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    command = [sys.executable, "-m", "benchmarks.soak", "--kills", "5", "--pages", "24", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all the same as undisturbed" in done.stdout
