"""Parts in series are linked out to in."""

from physics.flow.layout import Layout, Part, Product, in_series


def test_a_series_is_linked():
    layout = in_series(Part("a", "source"), Part("b", "buffer"), Part("c", "sink"))
    assert layout.links == (("a.out", "b.in"), ("b.out", "c.in"))


def test_without_products_there_is_one():
    assert Layout(()).product_names == ("item",)
    assert Layout((), (), (Product("x"), Product("y"))).product_names == ("x", "y")
