from tests.ui.recorded import COVERAGE
from ui.figures.coverage import coverage


def test_each_tag_is_a_line_over_its_leads_beside_the_promise():
    figure = coverage(COVERAGE)
    assert [trace.name for trace in figure.data] == ["FT-101", "TT-101"]
    assert list(figure.data[0].x) == [60.0, 3600.0]
    assert list(figure.data[0].y) == [91.0, 84.0]
    assert figure.data[0].error_y.array[0] == 4.0
    assert figure.layout.shapes[0].y0 == 90.0
