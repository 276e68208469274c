"""Proper scores of sampled futures; lower is better. Cells without a truth count nothing."""

from __future__ import annotations

import torch
from torch import Tensor


def crps(samples: Tensor, truth: Tensor) -> Tensor:
    """Continuous ranked probability score, fair for a finite sample (doi 10.1002/qj.2270).

    samples [..., S, T, V], truth [..., T, V] (NaN where unknown) → [..., T, V], NaN where unknown.
    """
    count = samples.shape[-3]
    error = (samples - truth.unsqueeze(-3)).abs().mean(dim=-3)
    ordered, _ = samples.sort(dim=-3)
    weight = 2.0 * torch.arange(1, count + 1, device=samples.device) - count - 1.0
    spread = (ordered * weight.view(-1, 1, 1)).sum(dim=-3) / (count * (count - 1))
    return error - spread


def energy(samples: Tensor, truth: Tensor) -> Tensor:
    """Energy score of the whole course of each variable (doi 10.1198/016214506000001437), fair for a finite sample.

    samples [..., S, T, V], truth [..., T, V] without NaN → [..., V].
    """
    count, steps = samples.shape[-3], samples.shape[-2]
    error = _length(samples - truth.unsqueeze(-3), dim=-2).mean(dim=-2)
    apart = _length(samples.unsqueeze(-3) - samples.unsqueeze(-4), dim=-2)
    spread = apart.sum(dim=(-3, -2)) / (2 * count * (count - 1))
    return (error - spread) / steps**0.5


def mean_known(scores: Tensor, scale: Tensor) -> Tensor:
    """Mean of the known scores [..., V] in units of `scale`, which broadcasts to them."""
    return (scores / scale).nanmean()


def _length(difference: Tensor, dim: int) -> Tensor:
    return torch.sqrt((difference**2).sum(dim=dim) + 1e-8)
