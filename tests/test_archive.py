"""Reads that are settled leave the table: nothing else changes, memory stays bounded, and the file has every one."""

import hashlib
from functools import cache

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.command import main as command
from simulation import WordOfMouthModel
from simulation.ledger import prune as settled
from simulation.ledger.prune import drop_settled
from simulation.output import archive, results
from simulation.output.archive import archived
from tests.phases.test_conversion import read
from tests.phases.tiny import post, tiny
from tests.worlds import params_of

MARKET = ("population.size=400", "steps=45", "adoption.p=0.02", "talk.base=4", "adoption.repurchase_interval=8",
          "output.figures=false")
CONTACT = ("adoption=bass", "adoption.p=0.02", "population.size=400", "steps=12", "talk.base=4", "output.figures=false")
ANN, BOB, CAT = range(3)


@cache
def untouched(words: tuple[str, ...] = MARKET):
    """Return the results of a run whose reads all stay in memory, level full."""
    return WordOfMouthModel(params_of(*words, "output.ledger=full"), seed=5).run()


def run_in(folder, *words: str) -> WordOfMouthModel:
    """Return a model at level full that wrote its reads into ``folder`` as they came, and then its tables."""
    model = WordOfMouthModel(params_of(*words, "output.ledger=full"), seed=5)
    with archived(model.state, model.params, folder):
        model.run().write(folder)
    return model


@pytest.fixture
def often(monkeypatch):
    """Look through the reads whenever twice as many stand there as stayed, however few they are."""
    monkeypatch.setattr(settled, "LEAST", 1)


@pytest.mark.parametrize("words", [MARKET, CONTACT], ids=["market", "contacts"])
def test_a_run_that_drops_its_reads_has_the_tables_of_one_that_keeps_them(often, words):
    kept, model = untouched(words).tables(), WordOfMouthModel(params_of(*words, "output.ledger=conversions"), seed=5)
    tables = model.run().tables()
    assert len(model.state.ledger.reads) < len(kept["reads"]) / 2
    assert set(kept) - set(tables) == {"reads"}
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, kept[name], check_exact=True, obj=name)


def test_who_drops_a_read_that_is_not_settled_yet_is_found_out(often, monkeypatch):
    def too_early(stop, still_open, *rest):
        later = still_open._replace(since=still_open.since + 1, decided_at=still_open.decided_at + 1)
        keep_open(stop, later, *rest)

    keep_open = settled._keep_open
    monkeypatch.setattr(settled, "_keep_open", too_early)
    credits = WordOfMouthModel(params_of(*MARKET, "output.ledger=conversions"), seed=5).run().ledger["credits"]
    assert not credits.equals(untouched().ledger["credits"])


@pytest.mark.parametrize("words", [MARKET, CONTACT], ids=["market", "contacts"])
@pytest.mark.parametrize("rows", [100_000, 700])
def test_the_file_written_while_running_has_the_bytes_of_the_one_written_at_the_end(often, monkeypatch, tmp_path,
                                                                                    words, rows):
    for module in (archive, results):
        monkeypatch.setattr(module, "ROWS_PER_GROUP", rows)
    hashes = []
    for place in ("there", "here"):
        (tmp_path / place).mkdir()
    untouched(words).write(tmp_path / "there")
    model = run_in(tmp_path / "here", *words)
    for place in ("there", "here"):
        hashes.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                       for path in (tmp_path / place).iterdir()})
    assert hashes[0] == hashes[1] and "reads.parquet" in hashes[0]
    written = pq.read_metadata(tmp_path / "here" / "reads.parquet")
    assert written.num_row_groups == -(-written.num_rows // rows) and written.num_rows > 2 * 700
    assert len(model.state.ledger.reads) < written.num_rows / 2 and "reads" not in model.results.ledger


def test_a_read_stays_until_its_reader_has_decided_and_for_the_trigger_of_two_steps_later(often):
    state, params, _ = tiny(3, "output.ledger=conversions")
    row, other = post(state, BOB, 1.0, 1), post(state, BOB, 0.0, 1, brand=1)
    for step in (2, 3, 4, 5):
        for reader, review in ((ANN, row), (ANN, other), (CAT, row)):
            read(state, reader, review, step)
    state.decided_at[ANN, 0] = 4                        # of Ann's reads of alpha, 2 and 3 are settled
    drop_settled(state, params, 5)
    assert reads_of(state, ANN) == [(5, 1), (5, 0), (4, 1), (4, 0), (3, 1), (2, 1)]
    assert reads_of(state, CAT) == [(5, 0), (4, 0), (3, 0), (2, 0)]
    state.decided_at[:] = 7
    drop_settled(state, params, 6)                      # twice as many as stayed do not stand here: nobody looks
    assert len(state.ledger.reads) == 10
    state.ledger.stayed = 0
    drop_settled(state, params, 6)                      # what was read in 5 may trigger a sale in 7
    assert reads_of(state, ANN) == [(5, 1), (5, 0)] and reads_of(state, CAT) == [(5, 0)]
    state.ledger.stayed = 0
    drop_settled(state, params, 7)
    assert len(state.ledger.reads) == 0 and (state.newest_read == -1).all()


def reads_of(state, person: int) -> list[tuple[int, int]]:
    """Return step and post of the reads that hang on a person, newest first."""
    reads, found, row = state.ledger.reads, [], state.newest_read[person]
    while row >= 0:
        found.append((int(reads["step"][row]), int(reads["post"][row])))
        row = reads["previous"][row]
    return found


def test_where_everybody_decides_in_every_step_reads_are_those_of_a_few_steps(often):
    model = WordOfMouthModel(params_of(*MARKET, "output.ledger=conversions", "feed.attention=1", "steps=40"), seed=5)
    most, in_a_step = 0, 0
    while not model.is_over():
        model.step()
        model.state.decided_at[:] = model.state.step
        most = max(most, len(model.state.ledger.reads))
        in_a_step = max(in_a_step, len(model.state.ledger.reads) - model.state.first_read)
    # after a look the reads of one step stay at most; it comes when they have doubled, and then a step is read
    assert 0 < most <= 4 * in_a_step
    total = untouched((*MARKET, "feed.attention=1", "steps=40")).state.ledger.reads
    assert most < len(total) / 4 and total.arrays.reader.size > 4 * model.state.ledger.reads.arrays.reader.size


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_run_that_fails_leaves_no_file_of_reads(often, tmp_path, error):
    model = WordOfMouthModel(params_of(*MARKET, "output.ledger=full"), seed=5)

    def fail(step):
        if step == 30:
            assert [path.name for path in tmp_path.iterdir()] == ["reads.parquet.part"]
            raise error

    with pytest.raises(error), archived(model.state, model.params, tmp_path):
        model.run(progress=fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("output.ledger=full", "output.tables=csv"), ("output.ledger=conversions",)])
def test_csv_and_the_lower_levels_hand_nothing_over(tmp_path, words):
    model = WordOfMouthModel(params_of(*CONTACT, *words), seed=5)
    with archived(model.state, model.params, tmp_path):
        assert model.state.ledger.sink is None and list(tmp_path.iterdir()) == []


def test_the_command_hands_its_reads_over(monkeypatch, tmp_path, capsys):
    taken = []
    monkeypatch.setattr(settled, "LEAST", 1)
    monkeypatch.setattr(archive.ReadsFile, "__call__", lambda self, reads, first: taken.append(len(reads) - first))
    words = [*MARKET, "seed=5", "output.ledger=full", f"hydra.run.dir={tmp_path}"]
    assert command.main(words) == 0
    assert len(taken) > 2 and sum(taken) == len(untouched().state.ledger.reads)
    assert len(pd.read_parquet(tmp_path / "reads.parquet")) == 0 and capsys.readouterr().out


def test_ids_are_written_as_they_are(often, tmp_path):
    model = run_in(tmp_path, *MARKET)
    frame, kept = pd.read_parquet(tmp_path / "reads.parquet"), untouched().ledger["reads"]
    assert set(frame["channel"]) == {"feed", "site"} and set(frame["reader"]) <= set(model.state.ties.ids)
    assert np.array_equal(frame["gain"], kept["gain"]) and list(frame) == list(kept)
