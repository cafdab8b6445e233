"""How channels hears of what happens in the rooms: one module for each, with what it tells and to whom."""
