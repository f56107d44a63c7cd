"""Constants of nature and the named widths over which kinks are smoothed, in SI.

Laws read these through the module (`constants.GRAVITY_M_PER_S2`), so that a test can restate them in other base units
and see that no law depends on the choice.
"""

GRAVITY_M_PER_S2 = 9.80665
"""Standard gravity (CGPM 1901)."""

ICE_POINT_K = 273.15
"""Enthalpy is counted from here: h = c (T - 273.15 K)."""

ATMOSPHERE_PA = 101_325.0
"""Standard atmosphere (CGPM 1954)."""

COLD_WATER_KG_PER_M3 = 998.2
"""Density of water at 20 °C, for which data sheets of pumps give shaft power."""

REFERENCE_AIR_KG_PER_M3 = 1.185
"""Density of air at 1 bar, 20 °C and 65 % humidity, to which flow of valves is referred (ISO 8778, ANR)."""

HAZEN_WILLIAMS_M_PER_S, HAZEN_WILLIAMS_RADIUS_M = 0.849, 1.0
"""Velocity at C = 1, slope 1 and this hydraulic radius (metric form of Hazen and Williams' constant 1.318 in feet)."""

STILL_FLOW_KG_PER_S = 1e-4
"""Below this the two ends of a passage mix: some 0.1 g/s, far under any pumped flow."""

STILL_GAS_KG_PER_S = 1e-6
"""The same for gas: a milligram per second, under what a pinhole leaks."""

STILL_PRESSURE_PA = 50.0
"""Below this pressure difference a turbulent passage turns laminar: 5 mm of water."""

EDGE_LEVEL_M = 1e-3
"""A rim, a floor or a weir crest is sharp to about 1 mm of water (surface tension's capillary length is 2.7 mm)."""

STILL_RATIO = 1e-3
"""Kinks of quantities that are already relative (speed over nominal speed) are rounded over a thousandth."""

LOCKED_RATIO = 1e-6
"""Speed over nominal speed below which locked friction no longer slides: a turn a day or so."""

END_RATIO = 1e-6
"""A command of exactly 0 or 1 must reach its end: corners of such commands are cut no wider than this."""

CHIP_M = 1e-3
"""Specific cutting forces are quoted for a chip 1 mm thick (Kienzle)."""

COEFFICIENT_PRESSURE_PA = 1e5
"""Flow coefficients are quoted at 1 bar (Kv, IEC 60534-1)."""

ROOM_K = 293.15
"""20 °C, at which resistances are quoted."""

COPPER_PER_K = 0.00393
"""Temperature coefficient of annealed copper's resistance at 20 °C (IEC 60028)."""

WARM_SPAN_K = 20.0
"""A temperature change that counts as one for the learned part of a law."""

STILL_SPAN_K = 0.1
"""Below this difference natural convection no longer fades: drafts of a hall carry more."""

NATURAL_SPAN_K = 10.0
"""Temperature difference at which natural heat transfer is quoted."""
