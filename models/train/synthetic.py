"""A tiny cohort of relaxing variables, for the tests of the training code alone; no clinical meaning."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa

from schema import Schema

STEPS = 8


def write_synthetic_cohort(folder: Path, schema: Schema, people: dict[str, int], seed: int = 1) -> None:
    """Write one shard a split (`people`: split → count) in the format of the cohort files."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    for split, count in people.items():
        table = _table(generator, schema, count)
        with pa.OSFile(str(folder / f"{split}-000.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    (folder / "meta.json").write_text(json.dumps({"synthetic": True, "seed": seed, "people": people}))


def _table(generator: np.random.Generator, schema: Schema, count: int) -> pa.Table:
    """Levels relax with 5 d towards a baseline plus a person's own response to the doses."""
    variables, channels, slots = len(schema.variables), len(schema.channels), schema.visit_slots
    base = 0.7 * generator.standard_normal((count, 1, variables))
    effects = 0.5 * np.random.default_rng(0).standard_normal((channels, variables))
    response = effects * generator.lognormal(0, 0.4, (count, 1, 1))
    ages = np.sort(generator.exponential(60, (count, slots)))[:, ::-1]
    past = (generator.random((count, 1, channels)) < 0.3) * (generator.random((count, slots, channels)) < 0.8)
    values = base + np.einsum("nwc,ncv->nwv", past, response) + 0.3 * generator.standard_normal((count, slots, variables))
    values[generator.random(values.shape) < 0.5] = np.nan
    visits = np.concatenate([ages[..., None], _physical(values, schema), past], axis=-1)
    visits[np.arange(slots)[None] < generator.integers(0, slots + 1, (count, 1))] = np.nan
    doses = past[:, -1].astype(float)
    days = np.sort(generator.uniform(0.5, 90, (count, STEPS)))
    shared = 0.2 * generator.standard_normal((count, STEPS, variables))
    columns = {"covariates": _covariates(generator, schema, count), "visits": visits, "doses": doses, "days": days}
    for arm in "ab":
        regimen = np.where(generator.random((count, 1, channels)) < 0.3, generator.random((count, 1, channels)), doses[:, None])
        pull = np.einsum("nc,ncv->nv", regimen[:, 0] - doses, response)[:, None] * (1 - np.exp(-days / 5))[..., None]
        truth = base + np.einsum("nc,ncv->nv", doses, response)[:, None] + pull + shared
        noisy = truth + 0.3 * generator.standard_normal(truth.shape)
        columns |= {
            f"regimen_{arm}": regimen.repeat(STEPS, axis=1),
            f"truth_{arm}": _physical(truth, schema),
            f"future_{arm}": _physical(noisy, schema),
        }
    arrays = {name: _fixed(array) for name, array in columns.items()}
    return pa.table({**arrays, "person": pa.array(np.arange(count), pa.int32())})


def _covariates(generator: np.random.Generator, schema: Schema, count: int) -> np.ndarray:
    age = generator.normal(65, 10, (count, 1))
    return np.concatenate([age, generator.integers(0, 2, (count, 1 + len(schema.traits)))], axis=1)


def _physical(values: np.ndarray, schema: Schema) -> np.ndarray:
    plain = values * np.array(schema.spreads) + np.array(schema.centres)
    return np.where(schema.log_transformed, np.exp(plain), plain)


def _fixed(array: np.ndarray) -> pa.FixedSizeListArray:
    flat = array.reshape(len(array), -1).astype(np.float32)
    return pa.FixedSizeListArray.from_arrays(pa.array(flat.ravel()), flat.shape[1])
