"""Pure algorithms: a plan in, a value out. Nothing here writes, waits or knows a screen."""
