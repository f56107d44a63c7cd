"""A line of three machines with constant times, so that everything about it is known.

The slowest machine, the capper, sets the pace: one item in 12 s. The filler before it works 10 s of these and is
blocked for the rest, the packer behind it works 8 s and starves for the rest.
"""

FILLER_S, CAPPER_S, PACKER_S = 10.0, 12.0, 8.0
DAY_S = 86_400.0

TEXT = f"""
plant: bottles
site: {{name: Hall 1, time_zone: Europe/Berlin}}
assets:
  - {{id: line/source, type: source}}
  - {{id: line/filler, type: machine, settings: {{cycle_s: {FILLER_S}}}}}
  - {{id: line/buffer, type: buffer, settings: {{capacity_count: 3}}}}
  - {{id: line/capper, type: machine, settings: {{cycle_s: {CAPPER_S}}}}}
  - {{id: line/packer, type: machine, settings: {{cycle_s: {PACKER_S}}}}}
  - {{id: line/sink, type: sink}}
connections:
  - [line/source.out, line/filler.in]
  - [line/filler.out, line/buffer.in]
  - [line/capper.in, line/buffer.out]
  - [line/capper.out, line/packer.in]
  - [line/packer.out, line/sink.in]
"""

NOISY = """
plant: noisy
assets:
  - {id: line/source, type: source}
  - {id: line/filler, type: machine, settings: {cycle_s: {gamma: {mean_s: 10.0, shape: 20}}}}
  - {id: line/buffer, type: buffer, settings: {capacity_count: 5}}
  - id: line/capper
    type: machine
    settings: {cycle_s: {water: 9.5, juice: 10.5}, setup_s: 60.0, scrap_ratio: 0.02}
  - {id: line/belt, type: conveyor, settings: {length_m: 5.0, speed_m_per_s: 0.5}}
  - {id: line/packer, type: machine, settings: {cycle_s: {lognormal: {mean_s: 9.0, sd_s: 1.0}}}}
  - {id: line/sink, type: sink}
  - {id: line/fitters, type: repair_crew, settings: {calendar: line/shifts}}
  - {id: line/shifts, type: shift_calendar, settings: {shifts: [[0, 1], [28800, 2], [57600, 1]]}}
  - id: line/filler-jams
    type: breakdown
    settings: {machine: line/filler, crew: line/fitters, between_s: {exponential: {mean_s: 1800.0}},
               repair_s: {exponential: {mean_s: 300.0}}}
  - id: line/packer-jams
    type: breakdown
    settings: {machine: line/packer, crew: line/fitters, between_s: {weibull: {mean_s: 1800.0, shape: 1.5}},
               repair_s: {exponential: {mean_s: 300.0}}}
connections:
  - [line/source.out, line/filler.in]
  - [line/filler.out, line/buffer.in]
  - [line/buffer.out, line/capper.in]
  - [line/capper.out, line/belt.in]
  - [line/belt.out, line/packer.in]
  - [line/packer.out, line/sink.in]
products:
  - {name: water, value: 0.2}
  - {name: juice, value: 0.4, routing: [line/filler, line/capper]}
prices: {currency: CHF, energy: {value: 0.2, per: kWh}, person: {value: 36.0, per: h}, repair: 50.0}
exchange_s: 300.0
"""

DRIVEN = """
plant: driven
assets:
  - {id: supply, type: voltage_source, parameters: {voltage_v: 24.0}}
  - {id: motor, type: dc_motor,
     parameters: {torque_constant_n_m_per_a: 5.0, resistance_ohm: 4.0, cooling_w_per_k: 50.0}}
  - {id: bearing, type: bearing,
     parameters: {dry_friction_n_m: 2.0, speed_nominal_rad_per_s: 5.0, wear_per_j: 3.0e-6}}
  - {id: drive, type: conveyor_drive, parameters: {drum_radius_m: 0.1}}
  - {id: line/source, type: source}
  - {id: line/belt, type: conveyor, settings: {length_m: 10.0, speed_m_per_s: 0.4, pitch_m: 0.5}}
  - {id: line/sink, type: sink}
  - {id: line/worn, type: physical_failure, settings: {machine: line/belt, repair_s: 3600.0}}
connections:
  - [supply.plus, motor.plus]
  - [motor.shaft, bearing.shaft]
  - [bearing.shaft, drive.shaft]
  - [line/source.out, line/belt.in]
  - [line/belt.out, line/sink.in]
couplings:
  - {kind: speed, part: line/belt, quantity: drive.belt_speed_m_per_s, nominal: 0.4}
  - {kind: load, part: line/belt, quantity: drive.load_kg, per_item: 4.0}
  - {kind: drive, part: line/belt, quantity: supply.voltage_v, running: 24.0}
  - {kind: wear, part: line/worn, quantity: bearing.wear_ratio, limit: 1.0}
"""
"""The bearing, motor and belt of `tests/physics/flow/test_coupling.py` as a plant file."""
