"""Parts and links become islands of equations with named parameters, states and inputs."""
