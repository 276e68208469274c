"""Train, export, calibrate, measure, register: the whole loop of one world model.

python models/train/run.py --cohort cohorts/v1 --models models --system cardio-renal-metabolic --date 2026-01-31
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

from config import Config, read_config
from data import cohort_identity, read_people
from evaluate import BIN_EDGES, calibrate, draw_futures, known_futures, measure
from export import check_parity, export_ensemble
from formatting import json_text
from register import register
from report import Facts, write_card
from schema import Schema, read_schema
from train import train_members

HERE = Path(__file__).parent


def main() -> None:
    """Run the loop from the command line."""
    given = _arguments()
    config, schema = read_config(given.config, debug=given.debug), read_schema(given.models / given.system / "schema.json")
    folder = (given.out or given.models) / given.system
    folder.mkdir(parents=True, exist_ok=True)
    if given.out:
        shutil.copy(given.models / given.system / "schema.json", folder)
    training = read_people(given.cohort, "train", schema, config.people)
    validation = read_people(given.cohort, "validation", schema, config.validation_people)
    wanted = range(config.members) if given.member is None else [given.member]
    # Members that were trained apart have written their epochs already: collecting them keeps the log.
    keeps_log = given.resume or given.member is not None or any(given.checkpoints.glob("member-*.pt"))
    with (folder / "training.jsonl").open("a" if keeps_log else "w") as log:
        members = train_members(wanted, config, schema, training, validation, given.checkpoints, log)
    if given.member is not None:
        return
    finish(given, config, schema, members, folder)


def finish(given: argparse.Namespace, config: Config, schema: Schema, members: list, folder: Path) -> None:
    """Export, calibrate, measure and register trained members."""
    validation = read_people(given.cohort, "validation", schema, config.validation_people)
    test = read_people(given.cohort, "test", schema, config.validation_people)
    export_ensemble(members, config, schema, test, folder)
    draws = draw_futures(members, config, schema, validation, config.seed)
    factors = calibrate(draws, known_futures(members[0], validation), config)
    calibration = {
        "interval": config.interval,
        "upToDays": [*BIN_EDGES, None],
        "spread": {name: [round(value, 4) for value in row.tolist()] for name, row in zip(schema.variables, factors, strict=True)},
    }
    (folder / "calibration.json").write_text(json_text(calibration))
    rows = measure(members, config, schema, test, factors, config.seed + 1)
    facts = Facts(
        version=given.version,
        date=given.date,
        cohort=cohort_identity(given.cohort),
        longest_days=round(float(validation.days.max()), 1),
        parity=check_parity(folder),
        rows=rows,
    )
    write_card(folder, config, schema, facts)
    register(given.out or given.models, schema, config, facts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohort", type=Path, required=True, help="folder of train-, validation- and test-NNN.arrow")
    parser.add_argument("--models", type=Path, required=True, help="folder that holds <system>/schema.json")
    parser.add_argument("--system", required=True)
    parser.add_argument("--date", required=True, help="date of the registry entry, YYYY-MM-DD")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--out", type=Path, help="write elsewhere than into --models")
    parser.add_argument("--config", type=Path, default=HERE / "config.yaml")
    parser.add_argument("--checkpoints", type=Path, default=HERE / "checkpoints")
    parser.add_argument("--debug", action="store_true", help="the whole loop in under a minute")
    parser.add_argument("--member", type=int, help="train this member alone, and stop")
    parser.add_argument("--resume", action="store_true", help="keep the log of an interrupted run")
    return parser.parse_args()


if __name__ == "__main__":
    torch.use_deterministic_algorithms(True)
    main()
