"""Mails that come in: answers to what the square has sent. `arrival` gives them to whoever asked for answers."""
