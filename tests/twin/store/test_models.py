import pytest
from sqlalchemy.exc import IntegrityError

from tests.twin import warm_block
from twin.services import plants
from twin.store import models
from twin.store.models import ModelRow


def row(job, status="champion"):
    return ModelRow(
        plant="warm-block", version=0, status=status, scene_revision=1, created_us=1, parent=None, job=job, document={}
    )


@pytest.fixture(autouse=True)
def _plant(context):
    plants.create(context, warm_block.TEXT, author="test", reason="")


def test_versions_count_up_and_the_newest_comes_first(context):
    with context.sessions.begin() as session:
        for job in ("a", "b"):
            models.add(session, row(job))
    with context.sessions() as session:
        assert [item.version for item in models.listed(session, "warm-block")] == [2, 1]
        assert models.find_champion(session, "warm-block").job == "b"
        assert models.find_of_job(session, "warm-block", "a").status == "retired"


def test_the_database_itself_refuses_a_second_champion(context):
    with context.sessions.begin() as session:
        models.add(session, row("a"))
    second = row("b")
    second.version = 2
    with context.sessions() as session:
        session.add(second)
        with pytest.raises(IntegrityError):
            session.flush()
