import pytest

from tests.twin.bottles import DRIVEN, NOISY, TEXT
from twin.errors import InvalidInput
from twin.scene.compare import compare
from twin.scene.dump import document, dump, dump_json
from twin.scene.line import Coupling, CouplingKind, Price, Product
from twin.scene.load import load


@pytest.mark.parametrize("text", [TEXT, NOISY, DRIVEN])
def test_a_line_goes_through_both_forms_without_loss(text):
    scene = load(text)
    assert load(dump(scene)) == scene
    assert load(dump_json(scene)) == scene


def test_products_couplings_and_prices_are_read():
    scene = load(NOISY)
    assert scene.products == (Product("water", value=0.2), Product("juice", ("line/filler", "line/capper"), 0.4))
    assert (scene.prices.currency, scene.prices.energy, scene.exchange_s) == ("CHF", Price(0.2, "kWh"), 300.0)
    wear = Coupling(CouplingKind.WEAR, "line/worn", "bearing.wear_ratio", {"limit": 1.0})
    assert load(DRIVEN).couplings[-1] == wear


def test_what_is_wrong_with_form_is_told_at_once_with_lines():
    text = "\n".join(
        (
            "plant: wrong",
            "products:",
            "  - {routing: [a]}",
            "couplings:",
            "  - {kind: speed, part: belt}",
            "  - {kind: heat, part: belt, quantity: a.b}",
            "prices: {energy: {value: -1}, repair: cheap, gold: 3}",
            "exchange_s: 0",
            "assets:",
            "  - {id: m, type: machine, settings: {cycle_s: }}",
        )
    )
    with pytest.raises(InvalidInput) as refused:
        load(text)
    said = [str(fault) for fault in refused.value.faults]
    for start in (
        "plant.yaml:3 products[0].name: got nothing",
        "plant.yaml:5 couplings[0].quantity: got nothing",
        "plant.yaml:5 couplings[0].nominal: got nothing",
        "plant.yaml:6 couplings[1].kind: got 'heat', need one of speed",
        "plant.yaml:7 prices.energy.value: got -1, need ≥ 0",
        "plant.yaml:7 prices.repair: got 'cheap'",
        "plant.yaml:7 prices.gold: got the unknown key 'gold'",
        "plant.yaml:8 exchange_s: got 0",
        "plant.yaml:10 m.cycle_s: got nothing",
    ):
        assert any(text.startswith(start) for text in said), (start, said)


def test_a_changed_setting_and_coupling_are_one_row_each():
    before, after = document(load(DRIVEN)), document(load(DRIVEN.replace("limit: 1.0", "limit: 2.0")
                                                     .replace("speed_m_per_s: 0.4", "speed_m_per_s: 0.5")))  # fmt: skip
    assert [row["path"] for row in compare(before, after)] == [
        "assets[line/belt].settings.speed_m_per_s",
        "couplings[wear line/worn – bearing.wear_ratio].numbers.limit".replace(".numbers", ""),
    ]
