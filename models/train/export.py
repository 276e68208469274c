"""Write encode.onnx, roll-out.onnx and golden.json, and check onnxruntime against PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from config import Config
from data import People
from model import Belief, Noise, WorldModel
from schema import Schema
from train import draw_noise

TOLERANCE = 1e-4
BELIEF = ["mean", "log_std", "context"]
NOISE = ["start_noise", "process_noise", "measurement_noise"]
FUTURES = ["samples", "levels"]


class EncodeAll(nn.Module):
    """All members' encoders: one record → beliefs of shape [P, M, ·]."""

    def __init__(self, members: list[WorldModel]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, covariates: Tensor, visits: Tensor, doses: Tensor) -> tuple[Tensor, ...]:
        """Covariates [P, 2 + traits], visits [P, W, 1 + V + C], doses [P, C] → mean, log_std [P, M, D], context [P, M, K]."""
        beliefs = [member.encode(covariates, visits, doses) for member in self.members]
        return tuple(torch.stack(parts, dim=1) for parts in zip(*beliefs, strict=True))


class RollOutAll(nn.Module):
    """All members' futures of every regimen, in physical units: as they would be measured, and as they are."""

    def __init__(self, members: list[WorldModel]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(
        self,
        mean: Tensor,
        log_std: Tensor,
        context: Tensor,
        regimens: Tensor,
        days: Tensor,
        control: Tensor,
        start_noise: Tensor,
        process_noise: Tensor,
        measurement_noise: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Roll out.

        Beliefs [P, M, ·], regimens [P, R, T, C], days [P, T], control [P, D], noise [P, M, S, ·] → samples (measured)
        and levels (without measurement noise), each [P, R, M, S, T, V].
        """
        samples, levels = [], []
        for index, member in enumerate(self.members):
            belief = Belief(mean[:, index], log_std[:, index], context[:, index])
            noise = Noise(start_noise[:, index], process_noise[:, index], measurement_noise[:, index])
            level, measured = member.roll_out(belief, regimens, days, control, noise)
            samples.append(member.standardise.inverse(measured))
            levels.append(member.standardise.inverse(level))
        return torch.stack(samples, dim=2), torch.stack(levels, dim=2)


def export_ensemble(members: list[WorldModel], config: Config, schema: Schema, people: People, folder: Path) -> None:
    """Write both graphs and the golden cases into `folder`; raises AssertionError when onnxruntime disagrees."""
    folder.mkdir(parents=True, exist_ok=True)
    encode, roll_out = EncodeAll(members).eval(), RollOutAll(members).eval()
    inputs = _encode_inputs(people, slice(0, 2))
    _write_graph(encode, inputs, BELIEF, folder / "encode.onnx", [{0: "people"}] * 3)
    axes = [{0: "people"}] * 3
    axes += [{0: "people", 1: "regimens", 2: "steps"}, {0: "people", 1: "steps"}, {0: "people"}]
    axes += [{0: "people", 2: "samples"}] + [{0: "people", 2: "samples", 3: "steps"}] * 2
    cases = [_case(row, encode, roll_out, config, schema, people) for row in range(config.golden_cases)]
    example = _roll_out_inputs(encode(*inputs), people, slice(0, 2), config, schema, 3)
    _write_graph(roll_out, example, FUTURES, folder / "roll-out.onnx", axes)
    golden = {"tolerance": TOLERANCE, "cases": cases}
    (folder / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    check_parity(folder)


def check_parity(folder: Path) -> float:
    """Run the golden cases on onnxruntime; returns the largest relative error."""
    encode = onnxruntime.InferenceSession(str(folder / "encode.onnx"))
    roll_out = onnxruntime.InferenceSession(str(folder / "roll-out.onnx"))
    worst = 0.0
    for case in json.loads((folder / "golden.json").read_text())["cases"]:
        belief = encode.run(BELIEF, {name: _array(case["encode"][name]) for name in ("covariates", "visits", "doses")})
        given = {name: _array(tensor) for name, tensor in case["rollOut"].items()}
        futures = roll_out.run(FUTURES, {**given, **dict(zip(BELIEF, belief, strict=True))})
        for name, got in zip([*BELIEF, *FUTURES], [*belief, *futures], strict=True):
            expected = _array(case["expected"][name])
            worst = max(worst, float(np.max(np.abs(got - expected) / np.maximum(1.0, np.abs(expected)))))
    assert worst <= TOLERANCE, f"onnxruntime differs from PyTorch by {worst}"
    return worst


@torch.no_grad()
def _case(row: int, encode: EncodeAll, roll_out: RollOutAll, config: Config, schema: Schema, people: People) -> dict:
    """One golden case: the record of person `row` (the last two: visits without any value, no visit)."""
    covariates, visits, doses = (part.clone() for part in _encode_inputs(people, slice(row, row + 1)))
    if row == config.golden_cases - 2:
        visits[..., 1 : 1 + len(schema.variables)] = torch.nan
    if row == config.golden_cases - 1:
        visits = torch.full_like(visits, torch.nan)
    belief = encode(covariates, visits, doses)
    given = _roll_out_inputs(belief, people, slice(row, row + 1), config, schema, row)
    names = [*BELIEF, "regimens", "days", "control", *NOISE]
    roll_out_inputs = {name: _plain(tensor) for name, tensor in zip(names, given, strict=True) if name not in BELIEF}
    encode_inputs = zip(("covariates", "visits", "doses"), (covariates, visits, doses), strict=True)
    expected = zip([*BELIEF, *FUTURES], [*belief, *roll_out(*given)], strict=True)
    return {
        "encode": {name: _plain(tensor) for name, tensor in encode_inputs},
        "rollOut": roll_out_inputs,
        "expected": {name: _plain(tensor) for name, tensor in expected},
    }


def _encode_inputs(people: People, rows: slice) -> tuple[Tensor, Tensor, Tensor]:
    return people.covariates[rows], people.visits[rows], people.doses[rows]


def _roll_out_inputs(
    belief: tuple[Tensor, ...], people: People, rows: slice, config: Config, schema: Schema, seed: int
) -> tuple[Tensor, ...]:
    """Belief, regimens, days, control and noise; every other case has fewer steps and a control vector."""
    count, steps = belief[0].shape[0], people.days.shape[1] - (3 if seed % 2 == 1 else 0)
    generator = torch.Generator().manual_seed(seed)
    drawn = [draw_noise(count, config.golden_samples, steps, config, schema, generator) for _ in range(config.members)]
    noise = (torch.stack(parts, dim=1) for parts in zip(*drawn, strict=True))
    control = 0.3 * torch.randn(count, config.latent, generator=generator) * (seed % 2)
    return (*belief, people.regimens[rows, :, :steps], people.days[rows, :steps], control, *noise)


def _write_graph(module: nn.Module, inputs: tuple[Tensor, ...], outputs: list[str], path: Path, axes: list[dict[int, str]]) -> None:
    names = list(module.forward.__annotations__)[: len(inputs)]
    torch.onnx.export(
        module,
        inputs,
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_shapes=tuple({axis: torch.export.Dim(label) for axis, label in row.items()} for row in axes),
        opset_version=20,
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    _forget_origin(path)


def _forget_origin(path: Path) -> None:
    """Leave out where each node came from: stack traces with paths of this machine, a third of the file."""
    graph = onnx.load(path)
    for part in [
        *graph.graph.node,
        *graph.graph.input,
        *graph.graph.output,
        *graph.graph.value_info,
        *graph.graph.initializer,
        graph.graph,
    ]:
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(graph, path)


def _plain(tensor: Tensor) -> dict:
    """Write a tensor as JSON: dims, and data row-major with null for NaN. Nine digits keep a float32 exact."""
    flat = tensor.detach().to(torch.float32).flatten().tolist()
    return {"dims": list(tensor.shape), "data": [None if value != value else float(f"{value:.9g}") for value in flat]}


def _array(plain: dict) -> np.ndarray:
    values = [np.nan if value is None else value for value in plain["data"]]
    return np.array(values, dtype=np.float32).reshape(plain["dims"])
