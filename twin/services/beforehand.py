"""Follows plants to the end of their log while no job waits, so that the next question starts from a known present.

Only plants that were asked about lately are followed, as many worlds as were asked for. What was found lies where a
question looks for it (`present`), bounded there; a chunk that was followed stays known when work comes in between. The
hour to come, in which following begins anew, is prepared too.
"""

from __future__ import annotations

from twin.records.job import JobState
from twin.services import jobs, lines, plants, present
from twin.services.basis import stand_on
from twin.services.clock import now_us
from twin.services.context import Context
from twin.store import jobs as store
from twin.store import readings

KIND = "whatif"
LATELY_US = 4 * 3_600_000_000


class Wanted(Exception):  # noqa: N818 (it names what happened)
    """There is work."""


class Beforehand:
    """What one runner does while it has nothing to do."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._known: dict[str, tuple[int, int, int]] = {}

    def turn(self) -> list[str]:
        """Follow each plant whose log, scene or model is new since the last turn; ends as soon as a job waits.

        Returns: names of the plants that were followed to the end.
        """
        found = []
        try:
            for summary in plants.list_plants(self.context):
                self._heed()
                if self._follow(summary.revision.plant):
                    found.append(summary.revision.plant)
        except Wanted:
            pass
        return found

    def _follow(self, plant: str) -> bool:
        with self.context.sessions() as session:
            asked = store.newest(session, plant=plant, kind=KIND, state=JobState.DONE)
            watermark_us = readings.watermark_us(session, plant)
        scenario = None if asked is None else asked.payload.get("scenario")
        if asked is None or scenario is None or now_us(self.context) - asked.created_us > LATELY_US:
            return False
        if scenario["start"] != "now" or lines.is_alone(plants.get(self.context, plant)[0]):
            return False
        basis = stand_on(self.context, plant)
        known = (watermark_us, basis.revision, basis.version_number)
        if self._known.get(plant) == known:
            return False
        present.at(
            self.context, plant, basis, count=scenario["worlds"], seed=scenario["seed"],
            tell=lambda _share: self._heed(),
        )  # fmt: skip
        present.prepare(self.context, plant, basis, count=scenario["worlds"], tell=lambda _share: self._heed())
        self._known[plant] = known
        return True

    def _heed(self) -> None:
        if jobs.unfinished(self.context):
            raise Wanted
