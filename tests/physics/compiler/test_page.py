from physics.catalogue import components
from physics.compiler import page

TYPES = components()


def test_a_page_shows_every_quantity_port_correction_and_failure():
    kind = TYPES["bearing"]
    text = page.page(kind)
    declared = kind.declaration
    named = [*declared.ports, *declared.quantities, *declared.corrections]
    assert [item.name for item in named if f"`{item.name}`" not in text] == []
    assert "bearing worn out" in text


def test_equations_use_the_laws_own_names():
    assert page.equations(TYPES["conductance"])[0].startswith("a.heat_flow_w = conductance_w_per_k*")


def test_described_is_plain_data_with_open_ends_as_none():
    document = page.described(TYPES["pipe"])
    rise = next(item for item in document["quantities"] if item["name"] == "rise_m")
    assert (rise["low"], rise["high"], rise["kind"]) == (None, None, "parameter")
    assert "flow_m3_per_s" in document["observables"]


def test_the_index_lists_every_type():
    text = page.index(TYPES)
    assert [name for name in TYPES if f"[{name}]({name}.md)" not in text] == []


def test_a_bar_in_a_text_does_not_break_a_table():
    assert "\\|" in page._table(("a",), [("x | y",)])


def test_a_curve_is_one_row_and_not_its_coordinates():
    text = page.page(TYPES["curve_pump"])
    assert "| `head_curve` | m**3/s | m |" in text
    assert "head_curve_x2_m3_per_s` | m**3/s |" not in text
    (head, _power) = page.described(TYPES["curve_pump"])["curves"]
    assert head["default"][0] == [0.0, 20.0]
