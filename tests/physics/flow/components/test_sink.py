"""Expected values: counted by hand."""

from physics.flow.layout import Part, Product
from tests.physics.flow.lines import chain, run


def test_a_sink_counts_by_product():
    products = (Product("a"), Product("b"), Product("c"))
    source = Part("source", "source", {"interval_s": 1.0, "mix": ["c", "a"]})
    found = run(chain(source, Part("sink", "sink"), products=products), horizon_s=10.5, worlds=1)
    assert found.finished.tolist() == [[5, 0, 5]]
