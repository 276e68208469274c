"""The tensor schema of a system, generated from TypeScript; nothing of it is defined twice."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Schema:
    """What the axes of every tensor mean."""

    digest: str
    system: str
    version: str
    visit_slots: int
    variables: tuple[str, ...]
    log_transformed: tuple[bool, ...]
    centres: tuple[float, ...]
    spreads: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    channels: tuple[str, ...]
    traits: tuple[str, ...]


def read_schema(path: Path) -> Schema:
    """Read `models/<system>/schema.json` as `src/cli/write-schema.ts` wrote it."""
    document = json.loads(path.read_text())
    schema = document["schema"]
    variables = schema["variables"]
    return Schema(
        digest=document["digest"],
        system=schema["system"],
        version=schema["version"],
        visit_slots=schema["visitSlots"],
        variables=tuple(row["id"] for row in variables),
        log_transformed=tuple(row["transform"] == "log" for row in variables),
        centres=tuple(row["centre"] for row in variables),
        spreads=tuple(row["spread"] for row in variables),
        lows=tuple(row["low"] for row in variables),
        highs=tuple(row["high"] for row in variables),
        channels=tuple(schema["channels"]),
        traits=tuple(schema["traits"]),
    )
