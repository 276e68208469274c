"""The model card and the report: what the model is for, what it was trained on, how well it does, where it ends."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from config import Config
from formatting import json_text, markdown_table
from schema import Schema

LIMITS = [
    "Trained on virtual patients alone: it can be no better than the mechanistic model that made them, whose parameters "
    "carry the errors of the literature. It has not been validated on real patients.",
    "The figures measure how well it copies the simulator on people it never saw, in the world it was trained in.",
    "Drugs of no class that it knows, acute illness, dialysis, pregnancy and children are outside; the applicability check "
    "has to keep them out.",
    "Members differ in seed and bootstrap of people, not in the world they were trained in: their disagreement "
    "understates what is not known about real patients.",
    "The interval correction was found on the validation people, who had chosen the best epoch of each member too: it is "
    "a correction that the test people confirm, not a conformal guarantee. It was found for measured values; levels are "
    "widened by the same factors.",
    "Half-effect doses (ED50) stand on the dose scales of their sources, which are not always those of the reference "
    "doses: the ACE inhibitors' on the maximum recommended dose, while the reference of lisinopril is 20 of at most "
    "80 mg/d; the beta blockers' on the standard dose for blood pressure, while the reference of metoprolol is the "
    "heart failure target of 200 mg/d.",
    "The response of potassium to up-titration of a mineralocorticoid antagonist is probably too small: about +0.09 "
    "mmol/L for a doubling of the dose, where 0.16 was read.",
    "The spread of the SGLT2 inhibitors' effect between persons lets the upper tail of simulated potassium rise, though "
    "trials show fewer hyperkalaemias under them.",
    "Where the mechanistic model answers instead, the standard error of a risk counts every future as independent, though "
    "they are drawn from as few particles as its effective sample size: it is too small, and ranks are told apart too soon.",
]


@dataclasses.dataclass(frozen=True)
class Facts:
    """What a finished run knows about itself; `rows` as `evaluate.measure` returns them."""

    version: str
    date: str
    cohort: dict[str, object]
    longest_days: float
    parity: float
    rows: list[dict]


def intended_use(schema: Schema) -> str:
    """Say what the model forecasts, from what, and for whom."""
    *others, last = (name.replace("_", " ") for name in schema.variables)
    return (
        f"Research software, not a medical device. Forecasts {', '.join(others)} and {last} of adults over the coming three "
        f"months under a given regimen of {len(schema.channels)} classes of treatment, from a record with "
        f"{len(schema.traits)} traits, for display beside an order, with intervals."
    )


def write_card(folder: Path, config: Config, schema: Schema, facts: Facts) -> None:
    """Write card.json for programs and report.md for people."""
    card = {
        "intendedUse": intended_use(schema),
        "system": schema.system,
        "version": facts.version,
        "date": facts.date,
        "licence": "Apache-2.0",
        "architecture": f"latent state-space model, {config.members} members, {config.latent_traits} latent traits and "
        f"{config.latent_state} relaxing states each; docs/decisions/0002-the-learned-world-model.md",
        "data": facts.cohort,
        "trainingPeople": config.people,
        "seeds": [config.seed + member for member in range(config.members)],
        "longestHorizonDays": facts.longest_days,
        "largestParityError": facts.parity,
        "limits": LIMITS,
        "figures": facts.rows,
    }
    (folder / "card.json").write_text(json_text(card))
    (folder / "report.md").write_text(_report(config, schema, facts))


def _report(config: Config, schema: Schema, facts: Facts) -> str:
    """Markdown, one table row per variable and horizon bin."""
    head = ["variable", "days ahead", "CRPS", "MAE", "carried forward", "CRPS gain", "90 % covers", "true level", "effect error", "of"]
    table = markdown_table([head, *(_cells(row) for row in facts.rows)])
    limits = "\n".join(f"- {limit}" for limit in LIMITS)
    return f"""# {schema.system}: learned world model {facts.version}

{intended_use(schema)}

Written by `models/train/run.py` on {facts.date}: {config.members} members, at most {config.people} people for training, cohort
`{str(facts.cohort["digest"])[:12]}`. Figures are on the cohort's test people, both regimens, after the interval correction of
`calibration.json`, in physical units. "Carried forward" is the MAE, and so the CRPS, of repeating the last value. "90 % covers" is of
measured values by the interval of measured futures, "true level" of what they measure by the interval of the levels. "Effect error" is the
root mean squared error of the individual difference between two regimens (PEHE), "of" the same for predicting no difference.
onnxruntime differs from PyTorch by at most {facts.parity:.1e}.

{table}

## Limits

{limits}
"""


def _cells(row: dict) -> list[str]:
    upper = "on" if row["daysUpTo"] is None else f"to {row['daysUpTo']:g}"
    gain = 1.0 - row["crps"] / row["carriedForward"]
    return [
        row["variable"],
        f"{row['daysAbove']:g} {upper}",
        f"{row['crps']:.3g}",
        f"{row['mae']:.3g}",
        f"{row['carriedForward']:.3g}",
        f"{gain:.0%}",
        f"{row['coverage']:.1%}",
        f"{row['levelCoverage']:.1%}",
        f"{row['effectError']:.3g}",
        f"{row['effectSpread']:.3g}",
    ]
