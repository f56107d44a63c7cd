import pytest

from twin.errors import InvalidInput
from twin.ingest.mapping import Layout
from twin.ingest.mapping_file import load, tag_faults
from twin.records.reading import Quality

WIDE = """
time: {column: t, zone: Europe/Berlin}
csv: {delimiter: ";", decimal: ","}
quality: {column: q, words: {Fraglich: uncertain}}
columns:
  Pressure (bar): {tag: PT-1, unit: bar}
  Flow: {unit: L/min}
"""


def faults_of(text):
    with pytest.raises(InvalidInput) as refused:
        load(text)
    return [str(fault) for fault in refused.value.faults]


def test_wide_mapping():
    mapping = load(WIDE)
    assert mapping.layout is Layout.WIDE
    assert mapping.sources["Pressure (bar)"].tag == "PT-1"
    assert mapping.sources["Flow"].tag == "Flow"
    assert mapping.words == {"fraglich": Quality.UNCERTAIN}
    assert (mapping.csv.delimiter, mapping.csv.decimal) == (";", ",")
    assert len(mapping.stretches) == 1


def test_stretches_join_filters_and_inherit_the_origin():
    mapping = load(
        "time: {column: t, elapsed: s, origin: 2020-01-01T00:00:00Z}\nwhere: {rig: a}\ncolumns: {x: {unit: V}}\n"
        "stretches:\n  one: {where: {split: 1}}\n  two: {origin: 2020-01-02T00:00:00+01:00, shift_s: 0.5}\n"
    )
    first, second = mapping.stretches
    assert first.where == {"rig": "a", "split": "1"}
    assert first.origin_us == 1_577_836_800_000_000  # 2020-01-01 is day 18,262 after 1970
    assert second.origin_us - first.origin_us == 23 * 3_600_000_000
    assert second.shift_us == 500_000


def test_all_faults_at_once_with_their_lines():
    found = faults_of(
        "layout: wide\ntime: {column: t, zone: Mars/Base, epoch: weeks}\ncolumns:\n  a: {tag: x, unit: blorg}\n"
        "  b: {tag: x}\n  c: {unit: V, colour: red}\nstretch: {}\n"
    )
    assert [line.split(":")[1].split(" ")[0] for line in found] == ["2", "2", "4", "5", "5", "6", "7"]
    assert any("blorg" in line for line in found)
    assert any("a already feeds it" in line for line in found)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("columns: {a: {unit: V}}", "time"),
        ("time: {column: t, every_s: 1}\ncolumns: {a: {unit: V}}", "exactly one"),
        ("time: {column: t, elapsed: s}\ncolumns: {a: {unit: V}}", "origin"),
        ("time: {column: t, elapsed: s, origin: 2020-01-01 00:00}\ncolumns: {a: {unit: V}}", "offset"),
        ("time: {column: t}", "columns"),
        ("time: {column: t}\nlayout: long\ntags: {a: {unit: V}}", "value column"),
        ("time: {column: t}\ncsv: {delimiter: ',', decimal: ','}\ncolumns: {a: {unit: V}}", "delimiter"),
        ("time: {column: t}\ncsv: {encoding: klingon}\ncolumns: {a: {unit: V}}", "encoding"),
        ("time: [", "YAML"),
        ("just text", "no keys"),
    ],
)
def test_what_is_missing_or_contradicts_is_said(text, word):
    assert any(word in fault for fault in faults_of(text))


LONG = "time: {column: t}\nlayout: long\ntags: {a: {unit: V}}\n"


@pytest.mark.parametrize("columns", ["{tag: name}", "{value: reading}"])
def test_a_long_log_needs_a_column_of_tags_and_one_of_values(columns):
    (fault,) = faults_of(f"{LONG}long: {columns}")
    assert "no tag or value column" in fault


def test_other_tags_are_put_aside_unless_they_are_to_be_ignored():
    both = f"{LONG}long: {{tag: name, value: reading}}\n"
    assert not load(both).ignore_other_tags
    assert not load(f"{both}other_tags: quarantine").ignore_other_tags
    assert load(f"{both}other_tags: ignore").ignore_other_tags


def test_units_must_measure_what_the_plants_tag_measures():
    mapping = load(
        "time: {column: t}\ncolumns: {a: {tag: PT, unit: bar}, b: {tag: FT, unit: bar}, c: {tag: XT, unit: V}}"
    )
    faults = tag_faults(mapping, {"PT": "Pa", "FT": "m**3/s"})
    assert [fault.where for fault in faults] == ["mapping.yaml FT"]
