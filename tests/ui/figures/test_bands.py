import plotly.graph_objects as go

from ui.figures.bands import add_band


def test_the_band_is_filled_between_its_edges_and_named_once():
    figure = go.Figure()
    add_band(figure, [0, 1], [1.0, 2.0], [2.0, 3.0], [3.0, 4.0], name="plan", colour="#000", fill="#eee")
    low, high, middle = figure.data
    assert (list(low.y), list(middle.y), list(high.y)) == ([1.0, 2.0], [2.0, 3.0], [3.0, 4.0])
    assert high.fill == "tonexty"
    assert [trace.showlegend for trace in figure.data] == [False, False, None]
    assert {trace.legendgroup for trace in figure.data} == {"plan"}
