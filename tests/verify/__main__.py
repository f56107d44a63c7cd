"""`make verify`: every case against its reference, as one table on the screen and in docs/verification.md."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.verify.table import Line, groups, judged, page, text

PAGE = Path(__file__).parents[2] / "docs" / "verification.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="cases whose group or name contains this; writes no page")
    options = parser.parse_args()
    lines: list[tuple[str, Line]] = []
    start = time.perf_counter()
    for group, cases in groups():
        for case in cases:
            if options.only.lower() in f"{group} {case.name}".lower():
                line = judged(case)
                lines.append((group, line))
                sys.stdout.write(text(line) + "\n")
                sys.stdout.flush()
    if not options.only:
        PAGE.write_text(page(lines, time.perf_counter() - start))
    wrong = [line for _, line in lines if line.verdict == "FAIL"]
    counts = {word: sum(line.verdict == word for _, line in lines) for word in ("pass", "FAIL", "missed", "not yet")}
    sys.stdout.write(", ".join(f"{count} {word}" for word, count in counts.items()) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
