from twin.scene.line import NUMBERS, CouplingKind, Price, Prices


def test_every_kind_of_coupling_says_which_numbers_it_takes():
    assert set(NUMBERS) == set(CouplingKind)
    for required, optional in NUMBERS.values():
        assert not set(required) & set(optional)


def test_prices_cost_nothing_until_they_are_given():
    assert Prices() == Prices("EUR", Price(0.0, "kWh"), Price(0.0, "h"), 0.0)
