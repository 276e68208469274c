"""What must hold of the training code: proper scores, a transition exact in time, and a loop that runs."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import torch

import run
from config import read_config
from data import read_people
from losses import crps, energy
from model import Noise, WorldModel, last_known, measure_scales
from report import intended_use
from schema import read_schema
from synthetic import write_synthetic_cohort

HERE = Path(__file__).parent
MODELS = HERE.parent
SYSTEM = "cardio-renal-metabolic"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cohort")
    write_synthetic_cohort(folder, read_schema(MODELS / SYSTEM / "schema.json"), {"train": 400, "validation": 200, "test": 200})
    return folder


def test_crps_of_a_standard_normal_at_zero_is_the_published_value() -> None:
    samples = torch.randn(20_000, 1, 1, generator=torch.Generator().manual_seed(1))
    expected = (math.sqrt(2) - 1) / math.sqrt(math.pi)
    assert crps(samples, torch.zeros(1, 1)).item() == pytest.approx(expected, abs=0.01)


def test_a_biased_or_overconfident_forecast_scores_worse() -> None:
    generator = torch.Generator().manual_seed(2)
    truth = torch.randn(4000, 1, 1, generator=generator)
    honest = torch.randn(4000, 16, 1, 1, generator=generator)
    for score in (crps, energy):
        assert score(honest, truth).mean() < score(honest + 1, truth).mean()
        assert score(honest, truth).mean() < score(0.3 * honest, truth).mean()


def test_a_cell_without_truth_has_no_score() -> None:
    assert torch.isnan(crps(torch.zeros(3, 1, 1), torch.full((1, 1), torch.nan))).all()


def test_the_last_known_value_skips_what_was_not_measured() -> None:
    nan = math.nan
    values = torch.tensor([[[nan, nan], [1.0, nan], [nan, nan]]])
    assert last_known(values)[0, 0] == 1.0
    assert torch.isnan(last_known(values)[0, 1])


def test_a_variable_that_nobody_was_measured_in_has_a_scale_of_one(cohort: Path) -> None:
    schema = read_schema(MODELS / SYSTEM / "schema.json")
    people = read_people(cohort, "test", schema)
    people.visits[..., len(schema.variables)] = math.nan
    innovation = measure_scales(people, schema).innovation
    assert innovation[-1] == 1.0
    assert all(0.02 <= value != 1.0 for value in innovation[:-1])


def test_the_intended_use_names_every_variable() -> None:
    schema = read_schema(MODELS / SYSTEM / "schema.json")
    assert all(name.replace("_", " ") in intended_use(schema) for name in schema.variables)


def test_the_transition_does_not_depend_on_how_the_horizon_is_cut(cohort: Path) -> None:
    config, schema = read_config(HERE / "config.yaml", debug=True), read_schema(MODELS / SYSTEM / "schema.json")
    people = read_people(cohort, "test", schema).at(torch.arange(5))
    torch.manual_seed(0)
    model = WorldModel(config, schema, measure_scales(people, schema)).eval()
    belief = model.encode(people.covariates, people.visits, people.doses)
    start = torch.randn(5, 2, config.latent)

    def level(days: list[float]) -> torch.Tensor:
        steps = len(days)
        regimens = people.regimens[:, :, :1].expand(-1, -1, steps, -1)
        noise = Noise(start, torch.zeros(5, 2, steps, config.latent_state), torch.zeros(5, 2, steps, len(schema.variables)))
        levels, _ = model.roll_out(belief, regimens, torch.tensor([days]).expand(5, -1), torch.zeros_like(belief.mean), noise)
        return levels[..., -1, :]

    assert torch.allclose(level([28.0]), level([1.0, 3.0, 14.0, 28.0]), atol=1e-4)


def test_the_debug_loop_writes_a_registered_model(cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = ["--cohort", str(cohort), "--models", str(MODELS), "--system", SYSTEM, "--date", "2026-01-01", "--debug"]
    monkeypatch.setattr("sys.argv", ["run.py", *given, "--out", str(tmp_path), "--checkpoints", str(tmp_path / "checkpoints")])
    run.main()
    entry = json.loads((tmp_path / "registry.json").read_text())["models"][0]
    assert entry["system"] == SYSTEM
    assert all((tmp_path / file["path"]).exists() for file in entry["files"].values())
