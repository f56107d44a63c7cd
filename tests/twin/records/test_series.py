from twin.records.series import DataStatus, TagStatus


def test_tag_that_never_reported_has_no_value():
    status = DataStatus("p", None, 0, 0, 0, (TagStatus("PT", "Pa"),))
    assert status.tags[0].value is None
    assert not status.tags[0].stale
