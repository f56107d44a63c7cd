import numpy as np

from twin.prediction.episodes import episodes
from twin.records.anomaly import AnomalyEpisode

TIMES_US = np.arange(10) * 1_000_000
SHARE = np.tile([0.8, 0.2], (10, 1))


def found(rows, bridge=1, share=SHARE):
    alarm = np.isin(np.arange(10), rows)
    return episodes(alarm, np.where(alarm, np.arange(10.0), 0.0), share, TIMES_US, ("a", "b"), bridge=bridge)


def test_no_alarm_makes_no_episode():
    assert found([]) == ()


def test_one_quiet_row_is_bridged_and_two_are_not():
    assert found([2, 4, 7]) == (
        AnomalyEpisode(2_000_000, 4_000_000, 4.0, "a"),
        AnomalyEpisode(7_000_000, 7_000_000, 7.0, "a"),
    )


def test_the_tag_is_that_of_the_strongest_rows():
    share = SHARE.copy()
    share[5:] = [0.1, 0.9]
    assert found([1, 2, 3, 9], bridge=9, share=share)[0].tag == "b"
