import plotly.graph_objects as go

from ui.figures import theme


def test_a_dressed_figure_is_transparent_so_that_it_suits_both_page_colours():
    figure = theme.dress(go.Figure(), height=300, barmode="group")
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert (figure.layout.height, figure.layout.barmode) == (300, "group")


def test_an_empty_figure_says_why():
    figure = theme.message("No tag chosen")
    assert figure.layout.annotations[0].text == "No tag chosen"
    assert figure.layout.xaxis.visible is False
