from dataclasses import asdict

from twin.records.ingest import IngestReport, StretchExtent


def test_report_becomes_plain_data():
    report = IngestReport("p", 1, "log.csv", 3, 2, 1, 0, (StretchExtent("train", 0, 10, 2),))
    assert asdict(report)["stretches"][0] == {"name": "train", "start_us": 0, "end_us": 10, "readings": 2}
    assert report.complete
