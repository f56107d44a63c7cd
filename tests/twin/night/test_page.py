from dataclasses import replace
from html.parser import HTMLParser

from tests.twin.store.test_nights import REPORT
from twin.night.page import number, page, percent

SCORES = {
    "model_version": 3, "skill": 0.41, "coverage": 0.88, "level": 0.9,
    "tags": [{"tag": "FT-1", "rmse": 1.234e-5, "error": 0.7404, "unit": "L/min", "coverage": 0.8, "skill": None}],
}  # fmt: skip


class Balance(HTMLParser):
    """Counts open tags; a page that a mail shows has to close what it opens."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_stands_alone():
    checks = {"tests": [{"passed": False, "name": "better than champion", "text": "by chance"}]}
    ledger = {"horizons": [{"days": 7, "scored": 4, "failed": 1, "censored": 2, "brier": 0.123}]}
    fails = {
        "asset": "pump", "mode": "worn", "wear_now": 0.5, "within_30_days": 0.2, "remaining_days": None,
        "action": "look",
    }  # fmt: skip
    text = page(replace(REPORT, scores=SCORES, gate=checks, ledger=ledger, failures=(fails,)))
    reader = Balance()
    reader.feed(text)
    assert reader.open == []
    assert "http" not in text
    for told in ("41 % better than", "0.74 L/min", "better than champion", "0.123", "beyond a year"):
        assert told in text


def test_what_people_wrote_cannot_become_markup():
    assert "<script>" not in page(replace(REPORT, sentence="<script>alert(1)</script>"))


def test_a_missing_number_is_a_dash():
    assert (percent(None), number(None)) == ("–", "–")
