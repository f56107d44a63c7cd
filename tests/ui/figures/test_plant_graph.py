from tests.ui import recorded as r
from tests.ui import recorded_line as line
from ui.figures.plant_graph import Health, elements, stylesheet


def drawn(health=None, readings=None):
    return {entry["data"]["id"]: entry for entry in elements(r.PLANT, health or {}, readings or {})}


def test_assets_sit_inside_their_units_and_areas():
    nodes = drawn()
    assert nodes[r.PUMP]["data"]["parent"] == "utilities/loop"
    assert nodes["utilities/loop"]["data"]["parent"] == "utilities"
    assert "parent" not in nodes["utilities"]["data"]


def test_every_connection_is_a_line_that_knows_its_ports():
    lines = [entry["data"] for entry in drawn().values() if "source" in entry["data"]]
    assert len(lines) == len(r.PLANT.connections)
    assert lines[1]["ports"] == f"utilities/loop/motor-1.shaft – {r.PUMP}.shaft"


def test_the_name_and_the_newest_value_are_the_label():
    assert drawn(readings={r.PUMP: "61.2 L/min"})[r.PUMP]["data"]["label"] == "Main pump\n61.2 L/min"


def test_health_becomes_a_class_with_a_style():
    assert drawn({r.PUMP: Health(risk=0.41)})[r.PUMP]["classes"] == "asset act"
    selectors = {rule["selector"] for rule in stylesheet()}
    assert {".good", ".watch", ".act", ".stale", ".unusual", ".unknown"} <= selectors


def test_what_is_wrong_with_the_data_goes_before_the_forecast():
    assert Health(0.9, stale=True).word == "stale"
    assert Health(0.9, stale=True, unusual=True).word == "unusual"
    assert Health().word == "unknown"


def test_a_line_beside_the_physics_is_left_to_its_own_page():
    beside = {item["data"]["id"] for item in elements(line.PLANT, {}, {})}
    assert not beside & set(line.LINE)
    assert beside == {item["data"]["id"] for item in elements(r.PLANT, {}, {})}
    only = line.PLANT.model_copy(update={"assets": [a for a in line.PLANT.assets if a.id in line.LINE]})
    assert set(line.LINE) <= {item["data"]["id"] for item in elements(only, {}, {})}
