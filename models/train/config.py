"""The one configuration of a training run, read from one YAML file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

import yaml


@dataclasses.dataclass(frozen=True)
class Config:
    """Every choice of a run; `config.yaml` says what each one is for."""

    members: int
    latent_traits: int
    latent_state: int
    context: int
    encoder_hidden: int
    response_hidden: int
    memory_days: tuple[float, ...]
    people: int
    validation_people: int
    batch: int
    samples: int
    epochs: int
    learning_rate: float
    weight_decay: float
    clip_norm: float
    patience: int
    weight_truth: float
    weight_measured: float
    weight_path: float
    weight_difference: float
    seed: int
    threads: int
    interval: float
    calibration_samples: int
    golden_cases: int
    golden_samples: int

    @property
    def latent(self) -> int:
        """Width of the belief: traits, then state."""
        return self.latent_traits + self.latent_state

    def digest(self) -> str:
        """SHA-256 of the configuration, so that a checkpoint of another run is never resumed."""
        return hashlib.sha256(json.dumps(dataclasses.asdict(self), sort_keys=True).encode()).hexdigest()


def read_config(path: Path, *, debug: bool) -> Config:
    """Read the YAML file; with `debug`, its debug block overrides the rest."""
    values = yaml.safe_load(path.read_text())
    overrides = values.pop("debug")
    values |= overrides if debug else {}
    return Config(**{**values, "memory_days": tuple(values["memory_days"])})
