"""Lists the packages of its own environment."""
