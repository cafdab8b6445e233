"""A resident who does not exist: the list of neighbours names her where no eye and no screen reader looks.

Whoever asks for her page is a machine that follows every link. There is no row of her: her address is worked out from
the installation's key, looks like everybody's, and answers like one that does not exist.
"""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from dorfplatz.members.card_code import LENGTH, LETTERS
from dorfplatz.villages.models import Municipality


def decoy_code(municipality: Municipality) -> str:
    """What stands in the address of her page."""
    mixed = salted_hmac("dorfplatz.members.decoy", str(municipality.pk), algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in mixed[:LENGTH])
