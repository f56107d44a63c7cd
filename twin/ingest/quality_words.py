"""What historians write instead of, or beside, a number."""

from __future__ import annotations

from collections.abc import Mapping

from twin.records.reading import Quality

WORDS: Mapping[str, Quality] = {
    **dict.fromkeys(("good", "ok", "valid", "true", "substituted"), Quality.GOOD),
    **dict.fromkeys(("questionable", "uncertain", "suspect", "annotated"), Quality.UNCERTAIN),
    **dict.fromkeys(
        (
            "bad", "bad input", "bad data", "bad quality", "bad_quality", "badq", "no data", "no_data", "nodata",
            "no result", "no good data", "i/o timeout", "io timeout", "intf shut", "comm fail", "comm_fail",
            "not connect", "not connected", "disconnected", "pt created", "scan off", "scan timeout", "configure",
            "shutdown", "over range", "under range", "overrange", "underrange", "out of serv", "out of service",
            "error", "fault", "invalid", "false", "failed", "timeout", "unreachable", "calc failed", "arc off-line",
        ),
        Quality.BAD,
    ),
}  # fmt: skip
"""Digital states of OSIsoft PI, OPC quality names and what PLC exports write; lower case."""

OPC_GOOD, OPC_UNCERTAIN = 192, 64
"""OPC DA quality byte: the two top bits are 11 good, 01 uncertain, 00 bad."""


def quality_of(text: str, own: Mapping[str, Quality]) -> Quality | None:
    """The quality that a word or an OPC number means, None when it is neither; `own` words win over ours."""
    word = text.strip().lower()
    known = own.get(word, WORDS.get(word))
    if known is not None:
        return known
    if not word.isdigit():
        return None
    code = int(word) & 0xFF
    return Quality.GOOD if code >= OPC_GOOD else Quality.UNCERTAIN if code >= OPC_UNCERTAIN else Quality.BAD
