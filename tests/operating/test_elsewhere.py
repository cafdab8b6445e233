"""What may stand on other machines: a shared cache, object storage."""

import pytest
from django.utils import timezone

from dorfplatz.config.elsewhere import IN_FOLDER, IN_PROCESS, cache_of, check_elsewhere, storage_of
from dorfplatz.config.env import Env, EnvironmentProblem
from dorfplatz.operations.examination import examine
from dorfplatz.operations.tests.test_backup import command, refused

AWAY = "s3+http://key:secret@127.0.0.1:9/square"


def test_nothing_said_means_this_machine():
    assert cache_of("") == IN_PROCESS
    assert storage_of("") == IN_FOLDER
    check_elsewhere(Env())


def test_redis_and_valkey_are_one_address():
    cache = cache_of("rediss://:word@cache.example:6380/2")
    assert cache["BACKEND"].endswith("RedisCache")
    assert cache["LOCATION"] == "rediss://:word@cache.example:6380/2"


def test_an_address_of_object_storage_is_taken_apart():
    options = storage_of("s3://k%2Fey:s%40cret@s3.example:9000/square/files?region=eu-central-1")["OPTIONS"]
    assert (options["access_key"], options["secret_key"]) == ("k/ey", "s@cret")
    assert options["endpoint_url"] == "https://s3.example:9000"
    assert (options["bucket_name"], options["location"]) == ("square", "files")
    assert options["region_name"] == "eu-central-1"
    assert storage_of(AWAY)["OPTIONS"]["endpoint_url"] == "http://127.0.0.1:9"
    assert storage_of("s3://k:s@[::1]:9000/b")["OPTIONS"]["endpoint_url"] == "https://[::1]:9000"


@pytest.mark.parametrize("url", ["s3://", "s3://host", "s3://host/", "https://host/bucket", "bucket", "s3:///bucket"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(EnvironmentProblem, match="DORFPLATZ_STORAGE_URL"):
        storage_of(url)


@pytest.mark.parametrize("url", ["memcached://host", "localhost:6379", "redis://"])
def test_a_cache_that_is_none_is_refused(url):
    with pytest.raises(EnvironmentProblem, match="DORFPLATZ_CACHE_URL"):
        cache_of(url)


def test_a_wrong_address_is_one_sentence_at_the_terminal(tmp_path):
    ended = command(tmp_path, "check", DORFPLATZ_STORAGE_URL="ftp://somewhere")
    assert "s3://key:secret@host/bucket" in refused(ended)


def test_object_storage_that_does_not_answer_is_a_fault(db, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Gone"}}
    found = [finding for finding in examine(timezone.now()) if finding.subject == "storage" and not finding.well]
    assert len(found) == 1


class Gone:
    """A storage whose machine is away."""

    def exists(self, _name):
        raise ConnectionError
