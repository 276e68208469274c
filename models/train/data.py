"""Cohort files (Arrow IPC) as tensors in physical units; NaN where nothing is known."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import torch
from torch import Tensor

from schema import Schema

# Batches that are drawn together and sorted by the length of the record.
POOL = 32


@dataclasses.dataclass(frozen=True)
class People:
    """Virtual people, one a row of every tensor.

    Shapes, with N people, W visit slots, V variables, C channels, T steps:
    covariates [N, 2 + traits], visits [N, W, 1 + V + C], doses [N, C], days [N, T], regimens [N, 2, T, C],
    futures [N, 2, T, V] (as a laboratory would report them), truths [N, 2, T, V] (noise-free, noise of the process shared).
    """

    covariates: Tensor
    visits: Tensor
    doses: Tensor
    days: Tensor
    regimens: Tensor
    futures: Tensor
    truths: Tensor

    def __len__(self) -> int:
        """Count people."""
        return self.doses.shape[0]

    def visit_counts(self) -> Tensor:
        """Count the visits of each person: [N]."""
        return (~torch.isnan(self.visits[..., 0])).sum(dim=1)

    def trimmed(self) -> People:
        """Leave out the slots in front that are padding for everyone; a model reads the same."""
        longest = max(1, int(self.visit_counts().max()))
        return dataclasses.replace(self, visits=self.visits[:, -longest:])

    def at(self, rows: Tensor) -> People:
        """Pick rows [n] of every tensor."""
        return People(**{field.name: getattr(self, field.name)[rows] for field in dataclasses.fields(self)})


def read_people(folder: Path, split: str, schema: Schema, limit: int | None = None) -> People:
    """Read the shards of a split in the order of their names, at most `limit` people."""
    tables, count = [], 0
    for path in sorted(folder.glob(f"{split}-*.arrow")):
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
        tables.append(table)
        count += table.num_rows
        if limit is not None and count >= limit:
            break
    if not tables:
        raise FileNotFoundError(f"no {split}-*.arrow in {folder}")
    return _tensors(pa.concat_tables(tables).slice(0, limit), schema)


def cohort_identity(folder: Path) -> dict[str, object]:
    """Identify the cohort by the digest of meta.json, which names the digest of every shard."""
    text = (folder / "meta.json").read_bytes()
    return {"digest": hashlib.sha256(text).hexdigest(), "meta": json.loads(text)}


def shuffled_batches(rows: Tensor, lengths: Tensor, batch: int, generator: torch.Generator) -> Iterator[Tensor]:
    """Yield the rows [n] in random order, `batch` at a time; a short last batch is left out.

    Within a pool of batches, people with records of like length [people] come together, so that little padding is read.
    """
    order = rows[torch.randperm(len(rows), generator=generator)]
    for pool in order.split(batch * POOL):
        batches = pool[lengths[pool].argsort(stable=True)].split(batch)
        for index in torch.randperm(len(batches), generator=generator).tolist():
            if len(batches[index]) == batch:
                yield batches[index]


def _tensors(table: pa.Table, schema: Schema) -> People:
    variables, channels = len(schema.variables), len(schema.channels)

    def column(name: str, *shape: int) -> Tensor:
        flat = np.concatenate([chunk.flatten().to_numpy(zero_copy_only=False) for chunk in table[name].chunks])
        return torch.from_numpy(flat.astype(np.float32, copy=False).reshape(table.num_rows, *shape).copy())

    def arms(name: str, width: int) -> Tensor:
        return torch.stack([column(f"{name}_{arm}", -1, width) for arm in "ab"], dim=1)

    return People(
        covariates=column("covariates", 2 + len(schema.traits)),
        visits=column("visits", schema.visit_slots, 1 + variables + channels),
        doses=column("doses", channels),
        days=column("days", -1),
        regimens=arms("regimen", channels),
        futures=arms("future", variables),
        truths=arms("truth", variables),
    )
