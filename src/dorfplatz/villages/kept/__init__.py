"""Pages kept for visitors: made once, given to all who ask the same, until a change or the clock makes them wrong."""
