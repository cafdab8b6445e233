"""What each room has to tell people without internet, and what is set down for them. Nothing in the rooms knows of it.

The people are those for whom the viewer acts by their consent: `queries.call_list` asks for no others.
"""
