"""Material flow: next-event worlds of sources, machines, buffers, conveyors and vehicles; launches its own kernels."""
