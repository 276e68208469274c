"""The latent state-space model: encode a record, step a belief, decode observables. It knows nothing of planning.

Standardisation lives inside: physical units and NaN come in, physical units go out.
"""

from __future__ import annotations

import dataclasses
import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from config import Config
from data import People
from schema import Schema


class Belief(NamedTuple):
    """What is known of P people.

    mean, log_std [P, D]: diagonal Gaussian over the latent (D = traits, then state);
    context [P, K + 2V + C]: deterministic summary; anchor levels and their reach (both standardised); doses taken now.
    """

    mean: Tensor
    log_std: Tensor
    context: Tensor


class Noise(NamedTuple):
    """Standard normal noise of S futures of P people over T steps; all regimens share it.

    start [P, S, D], process [P, S, T, X] (X = state), measurement [P, S, T, V].
    """

    start: Tensor
    process: Tensor
    measurement: Tensor


@dataclasses.dataclass(frozen=True)
class Scales:
    """Constants measured on the training people.

    innovation [V]: how far a variable moves from its last value (standardised), the natural unit of the decoder for one
    that was ever measured; 1 for one that nobody was measured in twice;
    age_mean, age_spread (a).
    """

    innovation: tuple[float, ...]
    age_mean: float
    age_spread: float


def dense(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    """Two-layer perceptron [*, inputs] → [*, outputs]."""
    return nn.Sequential(nn.Linear(inputs, hidden), nn.SiLU(), nn.Linear(hidden, outputs))


class Standardiser(nn.Module):
    """Physical units to standardised ones and back, by the schema's transform, centre and spread."""

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self.register_buffer("is_log", torch.tensor(schema.log_transformed))
        self.register_buffer("centre", torch.tensor(schema.centres))
        self.register_buffer("spread", torch.tensor(schema.spreads))
        self.register_buffer("low", torch.tensor(schema.lows))
        self.register_buffer("high", torch.tensor(schema.highs))

    def forward(self, values: Tensor) -> Tensor:
        """Map physical [*, V] to standardised [*, V]; NaN stays NaN."""
        logs = torch.log(torch.clamp(values, min=1e-6))
        return (torch.where(self.is_log, logs, values) - self.centre) / self.spread

    def inverse(self, values: Tensor) -> Tensor:
        """Map standardised [*, V] to physical [*, V], within what a living adult can show."""
        plain = values * self.spread + self.centre
        physical = torch.where(self.is_log, torch.exp(torch.clamp(plain, max=20.0)), plain)
        return torch.minimum(torch.maximum(physical, self.low), self.high)


class Encoder(nn.Module):
    """An irregular, incomplete record → belief."""

    def __init__(self, config: Config, schema: Schema, scales: Scales) -> None:
        super().__init__()
        variables, channels, traits = len(schema.variables), len(schema.channels), len(schema.traits)
        self.variables, self.channels = variables, channels
        self.register_buffer("innovation", torch.tensor(scales.innovation))
        self.register_buffer("memory", torch.tensor(config.memory_days))
        self.register_buffer("age", torch.tensor([scales.age_mean, scales.age_spread]))
        person = 2 + 2 * traits + 2 * channels
        levels = variables * (2 * len(config.memory_days) + 2)
        hidden = config.encoder_hidden
        self.recur = nn.GRU(2 + 2 * variables + 2 * channels, hidden, batch_first=True)
        self.summary = dense(hidden + levels + person, 2 * hidden, hidden)
        self.gates = nn.Linear(levels, variables * (len(config.memory_days) + 1))
        self.typical = nn.Linear(person, variables)
        self.mean = nn.Linear(hidden, config.latent)
        self.log_std = nn.Linear(hidden, config.latent)
        self.context = nn.Linear(hidden, config.context)

    def forward(self, covariates: Tensor, values: Tensor, ages: Tensor, past_doses: Tensor, doses: Tensor) -> Belief:
        """Encode standardised values.

        covariates [P, 2 + traits], values [P, W, V] (NaN where not measured), ages [P, W] (d before now, NaN in
        padding), past_doses [P, W, C], doses [P, C].
        """
        padding = torch.isnan(ages)
        known = ~torch.isnan(values)
        values = torch.where(known, values, torch.zeros_like(values))
        ages = torch.where(padding, torch.zeros_like(ages), ages)
        past_doses = torch.where(padding.unsqueeze(-1), torch.zeros_like(past_doses), past_doses)
        person = self._person(covariates, doses)
        levels, features = self._levels(values, known, ages)
        story = self._read(self._visits(values, known, ages, past_doses), padding)
        summary = functional.silu(self.summary(torch.cat([story, features, person], dim=-1)))
        anchor = self._anchor(levels, features, person)
        reach = torch.where(known.any(dim=1), self.innovation, torch.ones_like(self.innovation))
        return Belief(
            mean=self.mean(summary),
            log_std=3.0 * torch.tanh(self.log_std(summary) / 3.0) - 1.0,
            context=torch.cat([self.context(summary), anchor, reach, doses], dim=-1),
        )

    def _person(self, covariates: Tensor, doses: Tensor) -> Tensor:
        """Age, sex, traits with their masks, current doses → [P, 2 + 2·traits + 2·C]."""
        age = (covariates[:, :1] - self.age[0]) / self.age[1]
        unknown = torch.isnan(covariates[:, 2:])
        traits = torch.where(unknown, torch.zeros_like(covariates[:, 2:]), covariates[:, 2:])
        return torch.cat([age, covariates[:, 1:2], traits, unknown.to(age.dtype), dose_basis(doses)], dim=-1)

    def _levels(self, values: Tensor, known: Tensor, ages: Tensor) -> tuple[Tensor, Tensor]:
        """Smooth the past of each variable with several memories.

        Returns levels [P, V, M] (0, the population centre, where nothing was ever measured) and features
        [P, V·(2M + 2)]: levels, log weights, log age of the newest value, whether there is one.
        """
        far = torch.where(known, ages.unsqueeze(-1), torch.full_like(values, 1e6))
        newest = far.amin(dim=1)
        ever = newest < 1e5
        since = (far - newest.unsqueeze(1)).unsqueeze(-1)
        weights = torch.exp(-since / self.memory) * known.unsqueeze(-1).to(values.dtype)
        total = weights.sum(dim=1)
        levels = (weights * values.unsqueeze(-1)).sum(dim=1) / torch.clamp(total, min=1e-6)
        staleness = torch.where(ever, torch.log1p(newest), torch.zeros_like(newest)) / 3.0
        parts = [levels, torch.log1p(total), staleness.unsqueeze(-1), ever.to(values.dtype).unsqueeze(-1)]
        return levels, torch.cat(parts, dim=-1).flatten(1)

    def _visits(self, values: Tensor, known: Tensor, ages: Tensor, past_doses: Tensor) -> Tensor:
        """Rows for the recurrence [P, W, 2 + 2V + 2C]: log gap, log age, values, masks, doses."""
        previous = torch.cat([ages[:, :1], ages[:, :-1]], dim=1)
        gap = torch.clamp(previous - ages, min=0.0)
        times = torch.stack([torch.log1p(gap) / 3.0, torch.log1p(ages) / 3.0], dim=-1)
        return torch.cat([times, values, known.to(values.dtype), dose_basis(past_doses)], dim=-1)

    def _read(self, visits: Tensor, padding: Tensor) -> Tensor:
        """Run the recurrence over the visits [P, W, F] alone, oldest first → [P, H]; zero where there is none.

        The padding in front [P, W] is moved behind and never read, so its length does not matter.
        """
        count = (~padding).sum(dim=1, keepdim=True)
        slots = torch.arange(visits.shape[1], device=visits.device)
        order = torch.clamp(slots + visits.shape[1] - count, max=visits.shape[1] - 1)
        states, _ = self.recur(visits.gather(1, order.unsqueeze(-1).expand(visits.shape)))
        newest = torch.clamp(count - 1, min=0).unsqueeze(-1).expand(-1, 1, states.shape[-1])
        return states.gather(1, newest).squeeze(1) * (count > 0).to(states.dtype)

    def _anchor(self, levels: Tensor, features: Tensor, person: Tensor) -> Tensor:
        """Where each variable stands now [P, V]: a gated mean of its smoothed past and of what such a person shows."""
        choices = torch.cat([levels, self.typical(person).unsqueeze(-1)], dim=-1)
        gates = torch.softmax(self.gates(features).reshape(choices.shape), dim=-1)
        return (gates * choices).sum(dim=-1)


def dose_basis(doses: Tensor) -> Tensor:
    """Saturating dose features: [*, C] → [*, 2C], half at a tenth of the reference dose and half at the whole of it."""
    return torch.cat([doses / (doses + 0.1), doses / (doses + 1.0)], dim=-1)


class Dynamics(nn.Module):
    """The stochastic transition, exact in the length of the step.

    Each state coordinate relaxes towards a target with its own time constant (an Ornstein–Uhlenbeck process); the
    target is a non-linear function of the person's latent traits, the context and the doses of the step. Two steps of
    14 d are therefore one step of 28 d, and the whole horizon is one product with a triangular kernel: no loop.
    """

    def __init__(self, config: Config, schema: Schema) -> None:
        super().__init__()
        channels, variables = len(schema.channels), len(schema.variables)
        hidden, known = config.response_hidden, config.context + 2 * variables + channels
        self.from_person = nn.Linear(config.latent_traits + known, hidden)
        self.from_doses = nn.Linear(2 * channels, hidden, bias=False)
        self.to_target = nn.Linear(hidden, config.latent_state, bias=False)
        self.drift = nn.Linear(hidden, config.latent_state)
        self.spread = nn.Linear(known, config.latent_state)
        start = torch.logspace(math.log10(0.7), math.log10(150.0), config.latent_state)
        self.log_days = nn.Parameter(torch.log(start))

    def forward(
        self, traits: Tensor, state: Tensor, belief: Belief, doses_now: Tensor, regimens: Tensor, days: Tensor, noise: Tensor
    ) -> Tensor:
        """Move the state along the days of every regimen.

        traits [P, S, Z], state [P, S, X], doses_now [P, C], regimens [P, R, T, C], days [P, T], noise [P, S, T, X]
        → [P, R, S, T, X].
        """
        known = belief.context.unsqueeze(1).expand(-1, traits.shape[1], -1)
        person = self.from_person(torch.cat([traits, known], dim=-1))
        settled = self._response(person, doses_now)
        target = self.drift(functional.silu(person))[:, None, :, None] + self._response_along(person, regimens)
        target = target - settled[:, None, :, None]
        days_constant = torch.exp(self.log_days)
        steps = days - functional.pad(days, (1, 0))[:, :-1]
        keep = torch.exp(-steps.unsqueeze(-1) / days_constant)
        spread = functional.softplus(self.spread(belief.context) - 2.0)
        shake = torch.sqrt(torch.clamp(1.0 - keep**2, min=1e-9)).unsqueeze(1) * spread[:, None, None] * noise
        push = (1.0 - keep)[:, None, None] * target + shake.unsqueeze(1)
        fade = torch.exp(-days.unsqueeze(-1) / days_constant)[:, None, None]
        return fade * state[:, None, :, None] + self._carry(push, days, days_constant)

    def _response(self, person: Tensor, doses: Tensor) -> Tensor:
        """Where doses [P, C] pull the state of persons [P, S, H] → [P, S, X]."""
        return self.to_target(functional.silu(person + self.from_doses(dose_basis(doses)).unsqueeze(1)))

    def _response_along(self, person: Tensor, regimens: Tensor) -> Tensor:
        """Where the doses of each step [P, R, T, C] pull the state of persons [P, S, H] → [P, R, S, T, X]."""
        pull = self.from_doses(dose_basis(regimens)).unsqueeze(2)
        return self.to_target(functional.silu(person[:, None, :, None] + pull))

    def _carry(self, push: Tensor, days: Tensor, days_constant: Tensor) -> Tensor:
        """Sum of what every earlier step pushed [P, R, S, T, X], faded to each day [P, T]."""
        lag = days.unsqueeze(2) - days.unsqueeze(1)
        kernel = torch.exp(-torch.clamp(lag, min=0.0).unsqueeze(-1) / days_constant)
        kernel = (kernel * (lag >= 0.0).to(kernel.dtype).unsqueeze(-1)).permute(0, 3, 1, 2).unsqueeze(1)
        return (kernel @ push.permute(0, 1, 4, 3, 2)).permute(0, 1, 4, 3, 2)


class Decoder(nn.Module):
    """State → every observable, as a level and as a measurement of it (both standardised)."""

    def __init__(self, config: Config, schema: Schema, scales: Scales) -> None:
        super().__init__()
        variables, channels = len(schema.variables), len(schema.channels)
        self.context, self.variables = config.context, variables
        known = config.context + 2 * variables + channels
        self.register_buffer("innovation", torch.tensor(scales.innovation))
        self.from_state = nn.Linear(config.latent_state, config.response_hidden)
        self.from_person = nn.Linear(config.latent_traits + known, config.response_hidden, bias=False)
        self.bend = nn.Linear(config.response_hidden, variables)
        self.straight = nn.Linear(config.latent_state, variables)
        # How far the person may stand from the anchor: widely where a variable was never measured, whatever the regimen.
        self.offset = nn.Linear(config.latent_traits + known, variables)
        self.noise_scale = nn.Linear(known, variables)
        self.tail = nn.Parameter(torch.full((variables,), -2.0))
        self.skew = nn.Parameter(torch.zeros(variables))

    def level(self, states: Tensor, traits: Tensor, belief: Belief) -> Tensor:
        """Level without measurement noise: states [P, R, S, T, X], traits [P, S, Z] → [P, R, S, T, V]."""
        known = belief.context.unsqueeze(1).expand(-1, traits.shape[1], -1)
        who = torch.cat([traits, known], dim=-1)
        person = self.from_person(who)[:, None, :, None]
        moved = self.straight(states) + self.bend(functional.silu(self.from_state(states) + person))
        standing = belief.context[:, None, None, None, self.context : self.context + 2 * self.variables]
        anchor, reach = standing.chunk(2, dim=-1)
        return anchor + reach * self.offset(who)[:, None, :, None] + self.innovation * moved

    def measured(self, level: Tensor, belief: Belief, noise: Tensor) -> Tensor:
        """Add measurement noise [P, S, T, V], with learned tails and skew.

        The sinh-arcsinh transform (doi 10.1093/biomet/asp053), shifted so that the level stays its median.
        """
        scale = functional.softplus(self.noise_scale(belief.context) - 0.5)[:, None, None, None]
        stretch = 1.0 + functional.softplus(self.tail)
        heavy = torch.sinh(torch.asinh(noise) * stretch + self.skew) - torch.sinh(self.skew)
        return level + self.innovation * scale * heavy.unsqueeze(1)


class WorldModel(nn.Module):
    """One member: encode, roll out, decode."""

    def __init__(self, config: Config, schema: Schema, scales: Scales) -> None:
        super().__init__()
        self.traits, self.channels, self.variables = config.latent_traits, len(schema.channels), len(schema.variables)
        self.standardise = Standardiser(schema)
        self.encoder = Encoder(config, schema, scales)
        self.dynamics = Dynamics(config, schema)
        self.decoder = Decoder(config, schema, scales)

    def encode(self, covariates: Tensor, visits: Tensor, doses: Tensor) -> Belief:
        """Encode records in physical units: covariates [P, 2 + traits], visits [P, W, 1 + V + C], doses [P, C]."""
        values = self.standardise(visits[..., 1 : 1 + self.variables])
        return self.encoder(covariates, values, visits[..., 0], visits[..., 1 + self.variables :], doses)

    def roll_out(self, belief: Belief, regimens: Tensor, days: Tensor, control: Tensor, noise: Noise) -> tuple[Tensor, Tensor]:
        """Draw futures, standardised: levels and measurements, each [P, R, S, T, V].

        regimens [P, R, T, C]: doses during each step; days [P, T]: ends of the steps, ascending; control [P, D]:
        added to the belief's mean.
        """
        latent = (belief.mean + control).unsqueeze(1) + torch.exp(belief.log_std).unsqueeze(1) * noise.start
        traits, state = latent[..., : self.traits], latent[..., self.traits :]
        doses_now = belief.context[:, -self.channels :]
        states = self.dynamics(traits, state, belief, doses_now, regimens, days, noise.process)
        level = self.decoder.level(states, traits, belief)
        return level, self.decoder.measured(level, belief, noise.measurement)


def measure_scales(people: People, schema: Schema) -> Scales:
    """Measure the constants of the decoder and of age on training people."""
    standardise = Standardiser(schema)
    values = standardise(people.visits[..., 1 : 1 + len(schema.variables)])
    last = last_known(values)
    moved = (standardise(people.futures) - last[:, None, None]).abs().nanmean(dim=(0, 1, 2))
    age = people.covariates[:, 0]
    return Scales(
        innovation=tuple(moved.nan_to_num(nan=1.0).clamp(min=0.02).tolist()),
        age_mean=age.mean().item(),
        age_spread=age.std().item(),
    )


def last_known(values: Tensor) -> Tensor:
    """Pick the newest value of each variable: [N, W, V] with NaN → [N, V], NaN where never measured."""
    slots = torch.arange(values.shape[1]).view(1, -1, 1)
    newest = torch.where(torch.isnan(values), -1, slots).amax(dim=1)
    picked = values.gather(1, newest.clamp(min=0).unsqueeze(1)).squeeze(1)
    return torch.where(newest < 0, torch.nan, picked)
