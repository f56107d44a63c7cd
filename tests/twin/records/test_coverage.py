from tests.twin.store.test_coverage import COVERAGE


def test_levels_are_told_by_tag_and_lead():
    assert COVERAGE.asked == {"q": {10.0: 0.93, 60.0: 0.88}}
