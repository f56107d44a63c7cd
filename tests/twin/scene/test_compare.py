from hypothesis import given, settings
from hypothesis import strategies as st

from twin.scene.compare import compare
from twin.scene.dump import document
from twin.scene.load import load

keys = st.sampled_from(["a", "b", "c"])
entries = st.fixed_dictionaries({"id": keys}, optional={"x": st.integers(0, 2)})
unique = st.lists(entries, max_size=3, unique_by=lambda entry: entry["id"])
scenes = st.fixed_dictionaries({"plant": st.just("p")}, optional={"assets": unique, "sampling_s": st.integers(1, 3)})


def rows(before, after, types):
    return compare(document(load(before, types=types)), document(load(after, types=types)))


def test_changed_parameter_is_one_row_by_asset(plant, types):
    assert rows(plant, plant.replace("area_m2: 2.0", "area_m2: 3.0"), types) == [
        {"op": "change", "path": "assets[hall/tank].parameters.area_m2", "old": 2.0, "new": 3.0}
    ]


def test_number_that_becomes_a_prior_is_a_change(plant, types):
    after = plant.replace("area_m2: 2.0", "area_m2: {prior: 2.0, sd: 0.1}")
    assert rows(plant, after, types)[0]["new"] == {"prior": 2.0, "sd": 0.1}


def test_added_and_removed_entries_are_rows_of_their_own(plant, types):
    after = plant.replace("  - {tag: VT-1, unit: g}\n", "  - {tag: VT-2, unit: g}\n")
    assert rows(plant, after, types) == [
        {"op": "remove", "path": "sensors[VT-1]", "old": {"tag": "VT-1", "unit": "g"}, "new": None},
        {"op": "add", "path": "sensors[VT-2]", "old": None, "new": {"tag": "VT-2", "unit": "g"}},
    ]


def test_order_of_entries_and_ends_is_no_difference(plant, types):
    lines = plant.splitlines()
    lines[3], lines[4] = lines[4], lines[3]
    after = "\n".join(lines).replace("[hall/tank.bottom, hall/pump.inlet]", "[hall/pump.inlet, hall/tank.bottom]")
    assert rows(plant, after, types) == []


def test_removed_group_is_one_row_per_entry(plant, types):
    after = plant[: plant.index("kpis:")]
    assert [row["path"] for row in rows(plant, after, types)] == ["kpis[energy]", "events"]


@settings(deadline=None, derandomize=True)
@given(scenes, scenes)
def test_way_back_undoes_the_way_there(before, after):
    there = {(row["path"], str(row["old"]), str(row["new"])) for row in compare(before, after)}
    back = {(row["path"], str(row["new"]), str(row["old"])) for row in compare(after, before)}
    assert there == back
    assert compare(before, before) == []
