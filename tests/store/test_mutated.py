"""Documents that were damaged on purpose end no run: each is an article or a rejection, none is beyond its budget."""

import pytest
from benchmarks.mutations import read_documents, write_documents


@pytest.mark.slow
def test_a_run_survives_damaged_documents_of_every_format(location, tmp_path):
    # Twenty thousand by a command: docs/reliability.md.
    number = 200 if location.startswith("postgresql") else 2_000
    paths = write_documents(tmp_path / "documents", number, seed=2)
    survived = read_documents(tmp_path / "documents", paths, location, jobs=1)
    assert survived.faults == []
    assert survived.reasons["article"] > number / 10
