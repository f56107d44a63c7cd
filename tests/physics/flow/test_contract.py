"""What a type declares is collected in order, under the names that links and plant files use."""

from physics.flow.contract import FlowType, Inlet, Kind, Outlet, choice, count, number, part, times


class Press(FlowType):
    name = "press"
    inlet = Inlet("blanks")
    outlet = Outlet("parts")
    reject = Outlet("waste", optional=True)
    cycle_s = times("Cycle time", default=5.0, by_product=True)
    force_n = number("N", "Force", default=1e5, low=0.0)
    dies_count = count("Dies", default=2)
    mode = choice("Mode", "single", "continuous")
    crew = part("Crew", "repair_crew")


def test_a_declaration_is_collected_in_order():
    declared = Press.declaration
    assert [port.name for port in declared.inlets] == ["in"]
    assert [(port.name, port.optional) for port in declared.outlets] == [("out", False), ("reject", True)]
    assert [item.name for item in declared.settings] == ["cycle_s", "force_n", "dies_count", "mode", "crew"]
    assert [item.kind for item in declared.settings] == [Kind.TIMES, Kind.NUMBER, Kind.COUNT, Kind.CHOICE, Kind.PART]


def test_the_first_choice_is_the_default():
    assert Press.mode.default == "single"
    assert Press.crew.of == ("repair_crew",)
