from twin.services import plants

TEXT = """plant: loop
site: {name: Hall 2, time_zone: Europe/Berlin}
assets:
  - {id: hall/tank, type: tank}
"""


def test_created_plant_can_be_read(context):
    revision = plants.create(context, TEXT, author="ada", reason="first")
    scene, read = plants.get(context, "loop")
    assert read == revision
    assert scene.site.name == "Hall 2"
