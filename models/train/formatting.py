"""Texts as the repository's formatter writes them, so that generated files need no second pass and keep their digests."""

from __future__ import annotations

import json
import re

LINE = 120
SCALARS = re.compile(r"(?P<lead>^.*?)\[\n(?P<items>[^\[\]{}]*?)\n\s*\]", re.MULTILINE)


def json_text(value: object) -> str:
    """Write JSON with two spaces of indent; a list of scalars stands on one line where it fits."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return SCALARS.sub(_on_one_line, re.sub(r"(\d)e-0(\d)", r"\1e-\2", text)) + "\n"


def markdown_table(rows: list[list[str]]) -> str:
    """Write a table whose columns are aligned; the first row is its head."""
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    head, *body = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["-" * width for width in widths], *body])


def _on_one_line(match: re.Match[str]) -> str:
    items = ", ".join(line.strip().removesuffix(",") for line in match["items"].split("\n"))
    line = f"{match['lead']}[{items}]"
    # A comma may follow.
    return line if len(line) < LINE else match[0]
