from twin.scenarios.verdict import NAMED, verdict

INSIDE = {"inside": True, "reasons": []}


def row(name, base, mean, low, high, *, better="", separated=True, needed=2, unit="J"):
    return {
        "name": name, "unit": unit, "better": better, "baseline": {"median": base},
        "difference": {
            "mean": mean, "mean_low": low, "mean_high": high, "separated": separated, "worlds_needed": needed
        },
    }  # fmt: skip


def test_an_effect_is_told_in_percent_with_its_interval_and_judged():
    text = verdict([row("energy", 200.0, -20.0, -22.0, -18.0, better="lower")], [], INSIDE, worlds=64)
    assert text == "Energy falls by 10.0 % (9.0 % to 11.0 %), for the better."


def test_figures_with_a_better_side_come_first():
    rows = [row("flow", 1.0, 0.9, 0.8, 1.0), row("energy", 100.0, 1.0, 0.9, 1.1, better="lower")]
    assert verdict(rows, [], INSIDE, worlds=64).startswith("Energy rises by 1.0 %")


def test_without_a_base_the_size_is_absolute():
    assert "rises by 3 m (2 to 4)" in verdict([row("level", 0.0, 3.0, 2.0, 4.0, unit="m")], [], INSIDE, worlds=8)


def test_a_temperature_changes_by_kelvins_not_by_percent_of_them():
    text = verdict([row("hall", 300.0, -3.0, -3.3, -2.7, unit="K")], [], INSIDE, worlds=8)
    assert text == "Hall falls by 3 K (2.7 to 3.3)."


def test_the_largest_effects_are_named_and_the_rest_left_out():
    rows = [row(f"figure {size}", 10.0, size, size, size) for size in (1.0, 4.0, 2.0, 3.0)]
    text = verdict(rows, [], INSIDE, worlds=8)
    assert [part.split()[1] for part in text.split("Figure")[1:]] == ["rises"] * NAMED
    assert [part.split()[0] for part in text.split("Figure")[1:]] == ["4.0", "3.0", "2.0"][:NAMED]


def test_without_any_effect_the_answer_says_so():
    assert verdict([row("flow", 1.0, 0.0, 0.0, 0.0, separated=False, needed=None)], [], INSIDE, worlds=8) == (
        "The changes make no difference to any figure of merit."
    )


def test_chance_alone_is_said_and_how_many_worlds_would_tell():
    text = verdict([row("flow", 1.0, 0.1, -0.1, 0.3, separated=False, needed=1200)], [], INSIDE, worlds=64)
    assert text == "No difference can be told from chance in 64 worlds. Flow is unclear; about 1,200 worlds would tell."


def test_what_becomes_of_throughput_is_always_said():
    quiet = row("throughput", 50.0, 0.01, -0.005, 0.025, better="higher", separated=False, needed=547)
    text = verdict([quiet, row("energy", 10.0, 1.0, 0.9, 1.1, better="lower")], [], INSIDE, worlds=256)
    assert text.startswith("Throughput moves by less than 0.05 %, if at all. Energy rises by 10.0 %")
    none = row("throughput", 50.0, 0.0, 0.0, 0.0, better="higher", separated=False, needed=None)
    assert verdict([none, row("energy", 10.0, 1.0, 0.9, 1.1)], [], INSIDE, worlds=2).startswith("Throughput stays what")


def test_effects_too_small_to_print_are_not_named():
    rows = [row("speed", 100.0, 0.01, 0.009, 0.011), row("current", 10.0, 0.02, 0.01, 0.03)]
    assert verdict(rows, [], INSIDE, worlds=8) == "Current rises by 0.2 % (0.1 % to 0.3 %)."


def test_failures_and_invalid_ground_are_told():
    failed = [{"asset": "pump-1", "mode": "seal leaks", "baseline": {"value": 0.5}, "scenario": {"value": 0.1}}]
    text = verdict([], failed, {"inside": False, "reasons": ["U reaches 9"]}, worlds=64)
    assert "pump-1 seal leaks falls from 50 % to 10 %" in text
    assert text.endswith("Beyond what the model was calibrated for: U reaches 9.")
