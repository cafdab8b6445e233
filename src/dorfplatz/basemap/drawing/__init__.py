"""From an OpenStreetMap file to the features of a map, in the layers of Protomaps, and to addresses."""
