from pathlib import Path

from twin.scene.load import parse
from twin.scene.rewrite import rewritten

BOTTLING = (Path(__file__).parents[3] / "examples" / "bottling" / "plant.yaml").read_text()


def test_only_what_was_meant_changes_and_comments_stay():
    scene = parse(BOTTLING)[0]
    times = {"empirical": {"values_s": [6.5, 7.0]}}
    text = rewritten(BOTTLING, "flow/palletiser", {"cycle_s": times}, {})
    after = parse(text)[0]
    assert after.asset("flow/palletiser").settings["cycle_s"] == times
    others = [asset for asset in scene.assets if asset.id != "flow/palletiser"]
    assert [asset for asset in after.assets if asset.id != "flow/palletiser"] == others
    for part in ("connections", "sensors", "inputs", "kpis", "products", "couplings", "prices", "site"):
        assert getattr(after, part) == getattr(scene, part)
    assert text.count("# ---") == BOTTLING.count("# ---")


def test_numbers_of_a_coupling_change_by_its_place():
    places = [at for at, item in enumerate(parse(BOTTLING)[0].couplings) if "running" in item.numbers]
    text = rewritten(BOTTLING, "flow/palletiser", {}, {places[0]: {"running": 3.5}})
    assert parse(text)[0].couplings[places[0]].numbers["running"] == 3.5


def test_json_stays_readable():
    text = rewritten('{"plant": "a", "assets": [{"id": "m", "type": "machine"}]}', "m", {"cycle_s": 4.0}, {})
    assert parse(text)[0].asset("m").settings == {"cycle_s": 4.0}
