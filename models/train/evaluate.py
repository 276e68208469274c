"""Measure the ensemble on people it never saw: interval correction on validation, figures on test."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor

from config import Config
from data import People
from losses import crps
from model import WorldModel, last_known
from schema import Schema
from train import draw_noise

# Upper edges of the horizon bins (d ahead); the last bin is open. They part the days of the forecast horizon.
BIN_EDGES = (1.5, 2.5, 5.0, 10.0, 21.0, 42.0, 70.0)


@dataclasses.dataclass(frozen=True)
class Draws:
    """Futures of N people: samples [N, R, S, T, V] of all members and levels alike, standardised; days [N, T]."""

    measured: Tensor
    levels: Tensor
    days: Tensor


@torch.no_grad()
def draw_futures(members: list[WorldModel], config: Config, schema: Schema, people: People, seed: int) -> Draws:
    """Draw `calibration_samples` futures a person and regimen, spread evenly over the members."""
    each = max(2, config.calibration_samples // len(members))
    generator = torch.Generator().manual_seed(seed)
    measured, levels = [], []
    for rows in torch.arange(len(people)).split(500):
        some = people.at(rows)
        pairs = [_member_futures(member, config, schema, some, each, generator) for member in members]
        levels.append(torch.cat([pair[0] for pair in pairs], dim=2))
        measured.append(torch.cat([pair[1] for pair in pairs], dim=2))
    return Draws(torch.cat(measured), torch.cat(levels), people.days)


def known_futures(member: WorldModel, people: People) -> Tensor:
    """Pick the measured futures of variables that have a past value, standardised: [N, R, T, V], NaN elsewhere."""
    last = last_known(people.visits[..., 1 : 1 + member.variables])[:, None, None]
    return torch.where(torch.isnan(last), torch.nan, member.standardise(people.futures))


def calibrate(draws: Draws, futures: Tensor, config: Config) -> Tensor:
    """Find the factor by which to widen around the median, per variable and horizon bin [V, B].

    The 90 % quantile of how far a measurement [N, R, T, V] lies from the median, in units of its side of the 90 %
    interval. The rule is that of split conformal prediction (doi 10.1561/2200000101), its guarantee is not: the same
    validation people chose the best epoch, and a person counts in many cells. The test people say what it is worth.
    """
    low, middle, high = _interval(draws.measured, config.interval)
    side = torch.where(futures > middle, high - middle, middle - low).clamp(min=1e-6)
    score = (futures - middle).abs() / side
    bins = bin_of(draws.days)[:, None].expand(score.shape[:3])
    return torch.stack(
        [
            torch.stack([_conformal(score[..., variable][bins == index], config.interval) for index in range(len(BIN_EDGES) + 1)])
            for variable in range(score.shape[-1])
        ]
    )


def widen(draws: Draws, factors: Tensor) -> Tensor:
    """Apply the factors [V, B] to the measured samples and to the levels alike: [N, R, S, T, V]."""
    stretch = factors.T[bin_of(draws.days)][:, None, None]

    def around_median(values: Tensor) -> Tensor:
        middle = values.median(dim=2, keepdim=True).values
        return middle + stretch * (values - middle)

    return dataclasses.replace(draws, measured=around_median(draws.measured), levels=around_median(draws.levels))


def bin_of(days: Tensor) -> Tensor:
    """Horizon bin of each day: [*] → [*] in 0 … len(BIN_EDGES)."""
    return torch.bucketize(days, torch.tensor(BIN_EDGES))


def measure(
    members: list[WorldModel], config: Config, schema: Schema, people: People, factors: Tensor, seed: int
) -> list[dict[str, object]]:
    """Score the calibrated ensemble against the last value carried forward: one row per variable and horizon bin with a cell.

    CRPS and MAE in physical units, both over people who have a past value; `levelCoverage` is the share of true levels,
    without measurement noise, that the interval of the levels holds; `effectError` is the root mean squared
    error of the individual difference between two regimens (PEHE), `effectSpread` that of predicting none.
    """
    standardise = members[0].standardise
    draws = draw_futures(members, config, schema, people, seed)
    wide, futures = widen(draws, factors), people.futures
    samples = standardise.inverse(wide.measured)
    last = last_known(people.visits[..., 1 : 1 + len(schema.variables)])[:, None, None].expand(futures.shape)
    low, middle, high = _interval(samples, config.interval)
    inside = ((futures >= low) & (futures <= high)).float()
    lowest, _, highest = _interval(standardise.inverse(wide.levels), config.interval)
    holds = ((people.truths >= lowest) & (people.truths <= highest)).float()
    levels = standardise.inverse(draws.levels)
    effect = (levels[:, 1] - levels[:, 0]).mean(dim=1)
    true_effect = people.truths[:, 1] - people.truths[:, 0]
    scores = {
        "crps": crps(samples, futures),
        "mae": (futures - middle).abs(),
        "carriedForward": (futures - last).abs(),
        "coverage": inside,
        "levelCoverage": holds,
    }
    known = ~torch.isnan(last) & ~torch.isnan(futures)
    bins = bin_of(people.days)
    return [
        _row(variable, index, schema, scores, known, bins, effect, true_effect)
        for variable in range(len(schema.variables))
        for index in range(len(BIN_EDGES) + 1)
        if bool(((bins == index)[:, None] & known[..., variable]).any())
    ]


def _row(
    variable: int,
    index: int,
    schema: Schema,
    scores: dict[str, Tensor],
    known: Tensor,
    bins: Tensor,
    effect: Tensor,
    true_effect: Tensor,
) -> dict[str, object]:
    here = (bins == index)[:, None].expand(known.shape[:3]) & known[..., variable]
    edges = [0.0, *BIN_EDGES, None]
    error = (effect - true_effect)[..., variable][bins == index]
    spread = true_effect[..., variable][bins == index]
    figures = {name: round(float(score[..., variable][here].mean()), 4) for name, score in scores.items()}
    return {
        "variable": schema.variables[variable],
        "daysAbove": edges[index],
        "daysUpTo": edges[index + 1],
        "cells": int(here.sum()),
        **figures,
        "effectError": round(float((error**2).mean().sqrt()), 4),
        "effectSpread": round(float((spread**2).mean().sqrt()), 4),
    }


def _member_futures(
    member: WorldModel, config: Config, schema: Schema, people: People, each: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    belief = member.encode(people.covariates, people.visits, people.doses)
    noise = draw_noise(len(people), each, people.days.shape[1], config, schema, generator)
    return member.roll_out(belief, people.regimens, people.days, torch.zeros_like(belief.mean), noise)


def _interval(samples: Tensor, interval: float) -> tuple[Tensor, Tensor, Tensor]:
    """Lower bound, median and upper bound over the samples: [N, R, S, T, V] → three of [N, R, T, V]."""
    tail = (1.0 - interval) / 2.0
    low, middle, high = torch.quantile(samples, torch.tensor([tail, 0.5, 1.0 - tail]), dim=2)
    return low, middle, high


def _conformal(scores: Tensor, interval: float) -> Tensor:
    """Take the finite-sample quantile of the known scores [n]; 1 where too few are known."""
    known = scores[~torch.isnan(scores)]
    if len(known) < 50:
        return torch.tensor(1.0)
    level = min(1.0, interval * (len(known) + 1) / len(known))
    return torch.quantile(known[:1_000_000], level)
