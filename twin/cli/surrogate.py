"""`twin surrogate`: a fast stand-in for the engine, and plans made with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from residual_models.world.planning import Goal
from twin.cli.terminal import Json, open_context, progress_bar, show, table
from twin.errors import Fault, InvalidInput
from twin.services import answers
from twin.services.goals import Question
from twin.services.plant_page import Display, displays

UNKNOWN = Display("", 1.0, 0.0)
"""Of a tag that the plant does not have: the goal is refused with all others."""


def register(parent: typer.Typer) -> None:
    """Add `surrogate` to the terminal."""
    about = "A fast stand-in for the engine: train it, read its errors, plan with it."
    app = typer.Typer(help=about, no_args_is_help=True)
    app.command()(train)
    app.command("show")(show_errors)
    app.command()(plan)
    parent.add_typer(app, name="surrogate")


def train(
    plant: Annotated[str, typer.Argument(help="Name of the plant.")],
    worlds: Annotated[int, typer.Option("--worlds", help="Simulated worlds to learn from.", min=32)] = 1024,
    steps: Annotated[int, typer.Option("--steps", help="Steps of training.", min=10)] = 3000,
    step_s: Annotated[float, typer.Option("--step", help="Seconds between samples.", min=1.0)] = 300.0,
    hours: Annotated[float, typer.Option("--hours", help="Length of each world.", min=0.5)] = 8.0,
    seed: Annotated[int, typer.Option("--seed", help="Of worlds and training.", min=0)] = 0,
    as_json: Json = False,
) -> None:
    """Learn the plant's behaviour from worlds that the engine runs, and compare with the engine on others."""
    from twin.services import surrogates

    order = surrogates.Order(step_s=step_s, hours=hours, worlds=worlds, steps=steps, seed=seed)
    context = open_context()
    with progress_bar("training a surrogate") as progress:
        found = surrogates.make(context, plant, order, progress)
    show(found, as_json=as_json, text=_errors)


def show_errors(plant: Annotated[str, typer.Argument(help="Name of the plant.")], as_json: Json = False) -> None:
    """How near the surrogate comes to the engine, by hour, inside and outside of the log's range."""
    from twin.services import surrogates

    _, facts = surrogates.load(open_context(), plant)
    show(facts, as_json=as_json, text=_errors)


def plan(
    plant: Annotated[str, typer.Argument(help="Name of the plant.")],
    move: Annotated[list[str], typer.Option("--move", help="Tag of an input to set anew each hour.")],
    goal: Annotated[list[str], typer.Option("--goal", help="reach:TAG=VALUE, below:…, above:… or least:TAG.")],
    hours: Annotated[float, typer.Option("--hours", help="How far to plan.", min=0.1)] = 4.0,
    seed: Annotated[int, typer.Option("--seed", help="Of search and worlds.", min=0)] = 0,
    as_json: Json = False,
) -> None:
    """Find settings that reach the goals; the best are run in the engine before one is shown."""
    from twin.services import planning

    context = open_context()
    units = displays(context, plant)
    question = Question(plant, tuple(move), tuple(_goal(text, units) for text in goal), hours, seed)
    with progress_bar("planning") as progress:
        found = planning.plan(context, question, progress)
    answers.keep(context, plant, planning.KIND, found["question"], found)
    show(found, as_json=as_json, text=lambda document: _plan(document, units))


def _goal(text: str, units: Mapping[str, Display]) -> Goal:
    """A goal in SI, of a text in the tag's own unit."""
    aim, _, rest = text.partition(":")
    tag, _, value = rest.partition("=")
    try:
        typed = float(value) if value else 0.0
    except ValueError as error:
        raise InvalidInput([Fault("--goal", repr(text), "aim:TAG=VALUE with a number")]) from error
    own = units.get(tag.strip(), UNKNOWN)
    return Goal(tag.strip(), aim.strip(), (typed - own.offset) / own.factor)


def _errors(facts: dict[str, Any]) -> str:
    rows = []
    for place in ("inside", "outside"):
        for name, own in facts[place].items():
            hours = {f"{hour + 1} h": f"{share:.0%}" for hour, share in enumerate(own["near_by_hour"])}
            rows.append({"range of the log": place, "model": name, "near": f"{own['near']:.1%}", **hours})
    head = "Near: within 2 % of a tag's span or three of its noise's sd of the engine."
    return f"{head}\n\n{table(rows, list(rows[0]))}\n\n{facts['times_faster']:.0f} times faster than the engine."


def _plan(found: dict[str, Any], units: Mapping[str, Display]) -> str:
    def shown(tag: str, value: float) -> str:
        return f"{value * units[tag].factor + units[tag].offset:.4g} {units[tag].unit}"

    rows = [{"input": tag, "now": shown(tag, found["stays"][tag]),
             **{f"hour {k + 1}": shown(tag, value) for k, value in enumerate(values)}}
            for tag, values in found["settings"].items()]  # fmt: skip
    ends = [{"tag": tag, **{name: shown(tag, course[-1]) for name, course in
                            zip(("5 %", "median", "95 %"), courses["plan"], strict=True)}}
            for tag, courses in found["tags"].items()]  # fmt: skip
    gain = found["difference"]
    clear = "clearly better" if gain["high"] < 0 else "clearly worse" if gain["low"] > 0 else "not clearly better"
    words = (
        f"In the engine {clear} than leaving all as it is: cost {found['cost']['median']:.3g} against "
        f"{found['as_it_is']['median']:.3g}, difference {gain['mean']:.3g} ({gain['low']:.3g} to {gain['high']:.3g})."
    )
    doubts = "".join(f"\n{reason}" for reason in found["reasons"])
    return f"{table(rows, list(rows[0]))}\n\n{words}\n\nAt the end:\n{table(ends, list(ends[0]))}{doubts}"
