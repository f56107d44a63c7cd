"""Says in words what a comparison found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# A verdict names the strongest effects; the table has them all.
NAMED = 3
FIRST = "throughput"
"""What becomes of this figure is always said."""
SMALLEST = 5e-4
"""Effects below this share are told as 0.0 % and so not named."""


def verdict(
    kpis: Sequence[dict[str, Any]], failures: Sequence[dict[str, Any]], validity: dict[str, Any], *, worlds: int
) -> str:
    """One short paragraph for a plant engineer.

    Args:
        kpis: Rows as in `Outcome.kpis`, with `better`.
        failures: Rows as in `Outcome.failures`.
        validity: {inside, reasons}.
        worlds: How many pairs were compared.
    """
    told = [row for row in kpis if row["difference"]["separated"]]
    unclear = [row for row in kpis if not row["difference"]["separated"] and row["difference"]["worlds_needed"]]
    sentences = [_steady(row) for row in kpis if row["name"] == FIRST and row not in told]
    sentences += [_effect(row) for row in [row for row in _ranked(told) if _tells(row)][:NAMED]]
    if not told and not unclear:
        sentences.append("The changes make no difference to any figure of merit.")
    elif not told:
        sentences.append(f"No difference can be told from chance in {worlds} worlds.")
    sentences += [_failure(row) for row in failures if row["scenario"]["value"] != row["baseline"]["value"]]
    if unclear:
        row = min(unclear, key=lambda item: item["difference"]["worlds_needed"])
        sentences.append(
            f"{_capital(row['name'])} is unclear; about {row['difference']['worlds_needed']:,} worlds would tell."
        )
    if not validity["inside"]:
        sentences.append(f"Beyond what the model was calibrated for: {'; '.join(validity['reasons'])}.")
    return " ".join(sentences)


def _ranked(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a line is for first, then figures with a better side, then by the size of the effect."""
    return sorted(rows, key=lambda row: (row["name"] != FIRST, not row.get("better"), -abs(_share(row) or 0.0)))


def _tells(row: dict[str, Any]) -> bool:
    share = _share(row)
    return share is None or abs(share) >= SMALLEST


def _steady(row: dict[str, Any]) -> str:
    """How far the first figure could have moved where nothing is seen."""
    difference, base = row["difference"], abs(row["baseline"]["median"])
    most = max(abs(difference["mean_low"]), abs(difference["mean_high"]))
    if most == 0 or base < 1e-12:
        return f"{_capital(row['name'])} stays what it is."
    return f"{_capital(row['name'])} moves by less than {100 * most / base:.2g} %, if at all."


def _share(row: dict[str, Any]) -> float | None:
    """Mean difference over the baseline's median; None where that is about zero or no zero that people know."""
    base = abs(row["baseline"]["median"])
    return row["difference"]["mean"] / base if base > 1e-12 and row["unit"] != "K" else None


def _effect(row: dict[str, Any]) -> str:
    difference, share = row["difference"], _share(row)
    way = "rises" if difference["mean"] > 0 else "falls"
    judged = ""
    if row.get("better"):
        judged = ", for the better" if (row["better"] == "higher") == (difference["mean"] > 0) else ", for the worse"
    bounds = sorted((abs(difference["mean_low"]), abs(difference["mean_high"])))
    if share is None:
        size = f"{abs(difference['mean']):.3g} {row['unit']} ({bounds[0]:.3g} to {bounds[1]:.3g})"
    else:
        low, high = (bound / abs(row["baseline"]["median"]) for bound in bounds)
        size = f"{abs(share):.1%} ({low:.1%} to {high:.1%})".replace("%", " %")
    return f"{_capital(row['name'])} {way} by {size}{judged}."


def _failure(row: dict[str, Any]) -> str:
    before, after = row["baseline"]["value"], row["scenario"]["value"]
    way = "rises" if after > before else "falls"
    return f"The chance of {row['asset']} {row['mode']} {way} from {before:.0%} to {after:.0%}.".replace("%", " %")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
