import pytest

from tests.browser.tour import Things
from tests.fixtures.installation import Installation


@pytest.fixture(scope="session")
def things(installation: Installation) -> Things:
    return Things(installation)
