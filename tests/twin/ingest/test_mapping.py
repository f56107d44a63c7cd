from twin.ingest.mapping import Layout, LogMapping, LongColumns, Source, Stretch, TimeRule


def test_needed_columns_are_named_once():
    source = Source("PT", "bar", quality="q")
    stretches = (Stretch("a", {"split": "a"}), Stretch("b", {"split": "b"}, columns={"y": Source("PT", "bar")}))
    mapping = LogMapping(Layout.WIDE, TimeRule(column="t"), {"x": source}, stretches, quality_column="q")
    assert mapping.needed_columns() == ("t", "q", "split", "x", "y")


def test_long_log_needs_its_own_columns_only():
    long = LongColumns("name", "value", "unit")
    mapping = LogMapping(Layout.LONG, TimeRule(column="t"), {"HIST.1": Source("PT", "bar")}, (Stretch(""),), long=long)
    assert mapping.needed_columns() == ("t", "name", "value", "unit")


def test_a_tag_fed_by_two_stretches_is_one_source():
    stretches = (Stretch("a", columns={"u": Source("P", "V")}), Stretch("b", columns={"v": Source("P", "V")}))
    mapping = LogMapping(Layout.WIDE, TimeRule(column="t"), {}, stretches)
    assert [source.tag for source in mapping.all_sources()] == ["P"]
