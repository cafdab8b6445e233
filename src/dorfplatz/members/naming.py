"""Whether a text names a person: what she wrote herself and what names her goes with her."""

from __future__ import annotations

import re
from collections.abc import Callable

from dorfplatz.members.models import Identity


def naming(identity_id: int) -> Callable[..., bool]:
    """A question to texts: does one of them have the person's name or e-mail address in it, in any spelling of case?

    For nobody, or somebody who is gone, the answer is always no.
    """
    person = Identity.objects.select_related("login").filter(pk=identity_id).first()
    if person is None:
        return lambda *_texts: False
    words = [person.name, *([person.login.email] if person.login else [])]
    one_of = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    found = re.compile(rf"(?<!\w)(?:{one_of})(?!\w)", re.IGNORECASE)
    return lambda *texts: any(text and found.search(str(text)) for text in texts)
