"""Ben has Mrs J. on the telephone."""

import pytest

from dorfplatz.members.actions import Agreed, take_in_person
from dorfplatz.members.enums import ConsentBy
from tests.fixtures.kranenburg import NOW

PHONE = "02826 4711-99"


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def niel(kranenburg):
    return kranenburg.village("niel")


@pytest.fixture
def take_in(cast, niel):
    """Somebody without internet, for whom Ben acts."""

    def take(name="Gerda Jansen", days=90, phone=PHONE, by=None):
        consent = Agreed(ConsentBy.PHONE, "Mitfahrt zum Arzt", days, phone=phone)
        return take_in_person(name=name, home=niel, language="de", consent=consent, by=by or cast.actor("ben"), now=NOW)

    return take
