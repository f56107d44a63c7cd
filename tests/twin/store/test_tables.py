import pkgutil

import twin.store
from twin.store.tables import all_tables


def test_every_table_file_of_the_room_is_known():
    """Each module that declares a mapped class has its table in the registry."""
    tables = all_tables().tables
    assert {"plant", "plant_revision"} <= set(tables)
    for module in pkgutil.iter_modules(twin.store.__path__):
        found = vars(__import__(f"twin.store.{module.name}", fromlist=["x"])).values()
        names = [item.__tablename__ for item in found if isinstance(item, type) and hasattr(item, "__tablename__")]
        assert set(names) <= set(tables)


def test_every_constraint_has_a_name():
    """Migrations on SQLite rebuild tables and need to name what they keep."""
    for table in all_tables().sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name
