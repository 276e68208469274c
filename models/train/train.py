"""Train the ensemble: one member after the other, each on its own bootstrap of people and its own seed."""

from __future__ import annotations

import dataclasses
import json
import math
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import torch
from torch import Tensor
from torch.optim.lr_scheduler import LambdaLR

from config import Config
from data import People, shuffled_batches
from losses import crps, energy, mean_known
from model import Noise, Scales, WorldModel, last_known, measure_scales
from schema import Schema


@dataclasses.dataclass(frozen=True)
class Yardsticks:
    """Units of the losses [V], measured on training people, so that every variable and person weighs about the same.

    course: how far a variable moves from its last value; stranger: how far people differ, for a variable that was never
    measured; difference: how far two regimens part.
    """

    course: Tensor
    stranger: Tensor
    difference: Tensor


@dataclasses.dataclass
class Progress:
    """How far a member has come; `best` are the weights with the best validation score."""

    epoch: int
    best_score: float
    best: dict[str, Tensor]
    stale: int


@dataclasses.dataclass(frozen=True)
class Member:
    """One member in training, with everything that a checkpoint has to hold."""

    config: Config
    schema: Schema
    model: WorldModel
    optimiser: torch.optim.Optimizer
    schedule: LambdaLR
    generator: torch.Generator
    rows: Tensor
    yardsticks: Yardsticks


def train_members(
    wanted: Iterable[int], config: Config, schema: Schema, training: People, validation: People, checkpoints: Path, log: TextIO
) -> list[WorldModel]:
    """Train the wanted members, resuming from `checkpoints/member-N.pt` where the configuration is the same."""
    torch.set_num_threads(config.threads)
    checkpoints.mkdir(parents=True, exist_ok=True)
    scales = measure_scales(training, schema)
    members = []
    for index in wanted:
        member = _start_member(index, config, schema, scales, training)
        members.append(_train_member(member, training, validation, checkpoints / f"member-{index}.pt", log))
    return members


def draw_noise(people: int, samples: int, steps: int, config: Config, schema: Schema, generator: torch.Generator) -> Noise:
    """Draw standard normal noise for `samples` futures of `people` people over `steps` steps."""

    def normal(*shape: int) -> Tensor:
        return torch.randn(people, samples, *shape, generator=generator)

    return Noise(normal(config.latent), normal(steps, config.latent_state), normal(steps, len(schema.variables)))


def _start_member(index: int, config: Config, schema: Schema, scales: Scales, training: People) -> Member:
    torch.manual_seed(config.seed + index)
    generator = torch.Generator().manual_seed(config.seed * 1000 + index)
    model = WorldModel(config, schema, scales)
    rows = torch.randint(len(training), (len(training),), generator=generator)
    steps = config.epochs * (len(rows) // config.batch)
    optimiser = torch.optim.AdamW(model.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    schedule = LambdaLR(optimiser, lambda step: _warm_then_cosine(step, steps))
    yardsticks = _measure_yardsticks(model, training, scales)
    return Member(config, schema, model, optimiser, schedule, generator, rows, yardsticks)


def _train_member(member: Member, training: People, validation: People, path: Path, log: TextIO) -> WorldModel:
    """Train until the epochs are over or validation stops improving; returns the best weights."""
    progress = _resume(path, member)
    while progress.epoch < member.config.epochs and progress.stale < member.config.patience:
        started = time.monotonic()
        loss = _one_epoch(member, training)
        score = _validation_score(member, validation)
        _note(progress, score["total"], member.model)
        _save(path, member, progress)
        seconds = round(time.monotonic() - started, 1)
        line = {"member": path.stem, "epoch": progress.epoch, "loss": round(loss, 5), "seconds": seconds, **score}
        print(json.dumps(line), file=log, flush=True)
    member.model.load_state_dict(progress.best)
    return member.model.eval()


def _note(progress: Progress, score: float, model: WorldModel) -> None:
    """Take a finished epoch into account."""
    progress.epoch += 1
    progress.stale += 1
    if score < progress.best_score:
        progress.stale = 0
        progress.best_score = score
        progress.best = {key: value.clone() for key, value in model.state_dict().items()}


def _one_epoch(member: Member, training: People) -> float:
    """Pass once over the bootstrap; returns the mean loss."""
    member.model.train()
    losses = []
    lengths = training.visit_counts()
    for rows in shuffled_batches(member.rows, lengths, member.config.batch, member.generator):
        loss = _loss(member, training.at(rows).trimmed(), member.generator)["total"]
        member.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(member.model.parameters(), member.config.clip_norm)
        member.optimiser.step()
        member.schedule.step()
        losses.append(loss.item())
    return sum(losses) / max(len(losses), 1)


def _loss(member: Member, people: People, generator: torch.Generator) -> dict[str, Tensor]:
    """Score the sampled futures of both regimens, and the difference between them under shared noise."""
    config, model = member.config, member.model
    noise = draw_noise(len(people), config.samples, people.days.shape[1], config, member.schema, generator)
    belief = model.encode(people.covariates, people.visits, people.doses)
    levels, measured = model.roll_out(belief, people.regimens, people.days, torch.zeros_like(belief.mean), noise)
    truths, futures = model.standardise(people.truths), model.standardise(people.futures)
    difference, true_difference = levels[:, 1] - levels[:, 0], truths[:, 1] - truths[:, 0]
    last = last_known(model.standardise(people.visits[..., 1 : 1 + model.variables]))
    course = torch.where(torch.isnan(last), member.yardsticks.stranger, member.yardsticks.course).unsqueeze(1)
    parts = {
        "truth": mean_known(crps(levels, truths), course.unsqueeze(1)),
        "measured": mean_known(crps(measured, futures), course.unsqueeze(1)),
        "path": mean_known(energy(levels, truths), course),
        "difference": mean_known(crps(difference, true_difference), member.yardsticks.difference),
    }
    total = sum(getattr(config, f"weight_{name}") * part for name, part in parts.items())
    return {"total": total, **parts}


@torch.no_grad()
def _validation_score(member: Member, validation: People) -> dict[str, float]:
    """Score people who were never trained on: the training loss and its parts, with the same noise every time."""
    member.model.eval()
    generator = torch.Generator().manual_seed(member.config.seed)
    sums: dict[str, float] = {}
    for rows in torch.arange(len(validation)).split(1024):
        for name, part in _loss(member, validation.at(rows), generator).items():
            sums[name] = sums.get(name, 0.0) + part.item() * len(rows) / len(validation)
    return {name: round(value, 5) for name, value in sums.items()}


def _measure_yardsticks(model: WorldModel, training: People, scales: Scales) -> Yardsticks:
    truths = model.standardise(training.truths[:20_000])
    return Yardsticks(
        course=torch.tensor(scales.innovation),
        stranger=(truths - truths.mean(dim=(0, 1, 2))).abs().mean(dim=(0, 1, 2)),
        difference=(truths[:, 1] - truths[:, 0]).abs().mean(dim=(0, 1)).clamp(min=0.02),
    )


def _warm_then_cosine(step: int, steps: int) -> float:
    warm = max(1, steps // 20)
    return min(1.0, (step + 1) / warm) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, step / max(1, steps))))


def _save(path: Path, member: Member, progress: Progress) -> None:
    parts = {name: getattr(member, name).state_dict() for name in ("model", "optimiser", "schedule")}
    state = {"config": member.config.digest(), "progress": dataclasses.asdict(progress), **parts}
    torch.save({**state, "generator": member.generator.get_state()}, path)


def _resume(path: Path, member: Member) -> Progress:
    """Load the checkpoint of the same configuration into the member, if there is one."""
    saved = torch.load(path) if path.exists() else {"config": None}
    if saved["config"] != member.config.digest():
        return Progress(epoch=0, best_score=math.inf, best=member.model.state_dict(), stale=0)
    for name in ("model", "optimiser", "schedule"):
        getattr(member, name).load_state_dict(saved[name])
    member.generator.set_state(saved["generator"])
    return Progress(**saved["progress"])
