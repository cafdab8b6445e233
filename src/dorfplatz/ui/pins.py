"""What a pin on the map may look like. Shape and colour always go together: never colour alone."""

SHAPES = ("circle", "square", "house", "diamond", "drop", "hexagon", "shield", "triangle", "octagon")
COLOURS = ("brick", "meadow", "rhine", "amber", "plum", "slate", "rose", "pine", "earth")
