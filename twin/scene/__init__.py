"""The factory as a graph of assets, ports, sensors and inputs, and its text form."""
