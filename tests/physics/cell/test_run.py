import pytest

from physics.cell import runner

pytestmark = pytest.mark.cell


def test_every_world_fills_its_pallet(simulated, spec):
    result, _folder = simulated
    assert [world["trouble"] for world in result["worlds"]] == [""] * spec.worlds
    assert result["cycle"]["count"] == spec.worlds * spec.box_count
    assert result["placing"]["placed"] == spec.worlds * spec.box_count
    assert result["placing"]["worst_m"] < 0.01


def test_joints_keep_their_limits(simulated, spec):
    for joint in simulated[0]["joints"]:
        assert 0 < joint["torque_peak_n_m"] < joint["torque_limit_n_m"]
        assert joint["torque_rms_n_m"] < joint["torque_peak_n_m"]
        assert joint["speed_peak_rad_per_s"] < 1.02 * joint["speed_limit_rad_per_s"]


def test_the_way_is_free(simulated):
    assert simulated[0]["collisions"] == []
    assert simulated[0]["reach"]["out_of_reach"] == []


def test_things_happen_in_order_and_differ_between_worlds(simulated):
    firsts = set()
    for world in simulated[0]["worlds"]:
        boxes = world["boxes"]
        for box in boxes:
            assert box["begun_s"] < box["gripped_s"] < box["placed_s"] < box["ended_s"]
        assert all(before["ended_s"] <= after["begun_s"] for before, after in zip(boxes, boxes[1:], strict=False))
        firsts.add(boxes[0]["begun_s"])
    assert len(firsts) > 1


def test_the_arm_does_at_least_the_work_of_lifting(simulated, spec):
    """Each box goes up by the clearance at least: ∫|τ q̇| dt is above m g h, the cup pulls with more than m g."""
    energy = simulated[0]["energy"]
    lift_j = spec.boxes.mass_kg.mean * 9.81 * spec.motion.clearance_m
    assert energy["mechanical_j_per_box"] > lift_j
    assert energy["electrical_j_per_box"] > energy["mechanical_j_per_box"] / 2
    assert energy["pull_peak_n"] > spec.boxes.mass_kg.mean * 9.81
    assert energy["working_w"] > energy["waiting_w"]


def test_a_film_was_made_without_a_display(simulated, spec):
    image = pytest.importorskip("PIL.Image")
    _result, folder = simulated
    with image.open(folder / "film.gif") as film:
        assert film.size == (spec.film.width, spec.film.height)
        assert film.n_frames > 50
        assert len(film.convert("RGB").getcolors(100_000)) > 20
    assert (folder / "film.gif").stat().st_size < 1_500_000


def test_boxes_set_down_without_a_gap_are_seen_to_jam(genesis, document, tmp_path):
    """Boxes lie some mm beside their slots, so that the second of two without a gap meets the first in some worlds."""
    document["pallet"].update(rows=2, columns=1, layers=1, gap_m=0.0)
    document.update(worlds=4, film=None)
    result = runner.simulate(document, tmp_path, lambda _share, _text: None)
    [hit] = result["collisions"]
    stuck = {world["world"] for world in result["worlds"] if world["trouble"]}
    assert hit["bodies"] == ["box 0", "box 1"]
    assert stuck <= set(hit["worlds"]) != set()
    assert hit["force_n"] > document["boxes"]["mass_kg"]["mean"] * 9.81
