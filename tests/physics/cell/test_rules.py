import pytest

from physics.cell.read import read


def _places(document):
    return [fault.where for fault in read(document)[1]]


def test_a_box_narrower_than_the_cup_is_refused(document):
    document["boxes"]["size_m"] = [0.05, 0.16, 0.12]
    (fault,) = (fault for fault in read(document)[1] if fault.where == "cell.gripper.diameter_m")
    assert fault.got == "0.06 m"
    assert fault.need == "at most the box's 0.05 m"


def test_a_load_beyond_cup_and_payload_is_refused_twice(document):
    document["boxes"]["mass_kg"] = 20.0
    assert _places(document) == ["cell.gripper.hold_n", "cell.boxes.mass_kg"]


def test_a_pallet_out_of_reach_names_the_slots(document):
    document["pallet"]["position_m"] = [0.0, -1.5, 0.4]
    (fault,) = read(document)[1]
    assert "slot 0" in fault.got
    assert fault.next_step


def test_belts_must_meet_and_carry_the_box(document):
    document["belts"][1]["start_m"] = [-0.2, 0.5]
    document["belts"][0]["width_m"] = 0.1
    assert _places(document) == ["cell.belts[0].width_m", "cell.belts[1].start_m"]


def test_no_belt_is_refused(document):
    document["belts"] = []
    assert "cell.belts" in _places(document)


@pytest.mark.parametrize("model", ["kuka", "arm.urdf"])
def test_an_arm_is_bundled_or_a_file(document, model):
    document["arm"]["model"] = model
    assert "cell.arm.model" in _places(document)


def test_an_arm_of_ones_own_needs_its_limits(document, tmp_path):
    file = tmp_path / "arm.urdf"
    file.write_text("<robot/>")
    document["arm"]["model"] = str(file)
    assert _places(document) == ["cell.arm.speed_limit_rad_per_s", "cell.arm.acceleration_limit_rad_per_s2"]


def test_too_many_boxes_film_of_no_world_and_names_twice(document):
    document["pallet"]["layers"] = 40
    document["film"] = {"world": 8}
    document["fixtures"][1]["name"] = "plinth"
    assert _places(document) == ["cell.pallet", "cell.film.world", "cell.fixtures"]
