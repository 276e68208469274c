"""The registry entry of a model: which files, which digests, trained on what."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

from config import Config
from formatting import json_text
from report import Facts
from schema import Schema

FILES = ["encode.onnx", "roll-out.onnx", "calibration.json", "golden.json", "schema.json"]
HERE = Path(__file__).parent


def register(models: Path, schema: Schema, config: Config, facts: Facts) -> None:
    """Put the entry of this system into `models/registry.json`, in place of an older one of the same id."""
    path = models / "registry.json"
    entries = json.loads(path.read_text())["models"] if path.exists() else []
    entry = _entry(models, schema, config, facts)
    kept = [other for other in entries if other["id"] != entry["id"]]
    path.write_text(json_text({"models": [*kept, entry]}))


def _entry(models: Path, schema: Schema, config: Config, facts: Facts) -> dict[str, object]:
    folder = models / schema.system
    return {
        "id": f"{schema.system}.latent-state-space",
        "version": facts.version,
        "system": schema.system,
        "kind": "learned",
        "files": {name: {"path": f"{schema.system}/{name}", "sha256": _digest(folder / name)} for name in FILES},
        "schemaDigest": schema.digest,
        "members": config.members,
        "latent": {"traits": config.latent_traits, "state": config.latent_state},
        "longestHorizonDays": facts.longest_days,
        "trainedOn": {"cohort": facts.cohort, "seeds": [config.seed + member for member in range(config.members)]},
        "config": dataclasses.asdict(config),
        "codeDigest": code_digest(),
        "date": facts.date,
        "licence": "Apache-2.0",
        "metrics": summarise(facts.rows),
        "card": f"{schema.system}/card.json",
    }


def summarise(rows: list[dict]) -> list[dict[str, object]]:
    """Average the rows of `evaluate.measure` over the horizon: one row a variable; the card has all of them."""
    return [_summary(name, [row for row in rows if row["variable"] == name]) for name in dict.fromkeys(row["variable"] for row in rows)]


def _summary(variable: str, rows: list[dict]) -> dict[str, object]:
    """CRPS gain over the last value carried forward, coverage, and the share of the individual effect that stays unexplained."""

    def total(name: str) -> float:
        return sum(row[name] * row["cells"] for row in rows)

    spread = sum(row["effectSpread"] ** 2 for row in rows)
    unexplained = sum(row["effectError"] ** 2 for row in rows)
    return {
        "variable": variable,
        "crpsGain": round(1.0 - total("crps") / total("carriedForward"), 3),
        "coverage": round(total("coverage") / sum(row["cells"] for row in rows), 3),
        # Where no regimen moves the variable there is no effect to explain.
        "effectErrorShare": round((unexplained / spread) ** 0.5, 3) if spread > 0 else None,
    }


def code_digest() -> str:
    """SHA-256 over the training code and its configuration, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), HERE / "config.yaml", HERE / "requirements.txt"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
