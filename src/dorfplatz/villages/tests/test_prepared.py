"""Questions whose SQL is worked out once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from dorfplatz.villages.models import Area, Host, Municipality
from dorfplatz.villages.prepared import Prepared, prepared_among, prepared_for
from dorfplatz.villages.queries import municipality_at
from tests.fixtures.kranenburg import NOW


def test_the_answers_are_those_of_the_question_itself(kranenburg):
    of_parent = Prepared(lambda pk: Area.objects.filter(parent=pk).select_related("parent").order_by("pk"), int)
    municipality = kranenburg.municipality.area
    first, again = of_parent(municipality.pk), of_parent(municipality.pk)
    assert first == again == list(municipality.children.order_by("pk"))
    assert first[0] is not again[0]
    with CaptureQueriesContext(connection) as asked:
        assert first[0].parent == municipality
    assert not asked.captured_queries
    assert of_parent(first[0].pk) == []


def test_words_and_numbers_keep_their_places(kranenburg):
    area = kranenburg.municipality.area.children.first()
    named = Prepared(lambda slug, pk: Area.objects.filter(slug=slug, pk=pk).values_list("slug", "pk"), str, int)
    assert named(area.slug, area.pk) == [(area.slug, area.pk)]
    assert named("nowhere", area.pk) == []
    assert named(area.slug, 0) == []


def test_a_word_is_never_part_of_the_question(kranenburg):
    named = Prepared(lambda slug: Area.objects.filter(slug=slug).values_list("slug", flat=True), str)
    assert named("' OR 1=1 --") == []
    assert named("%") == []


def test_a_question_that_does_something_with_its_value_is_refused():
    lost = Prepared(lambda pk: Area.objects.filter(pk=F("pk") + Value(pk * 2)), int)
    with pytest.raises(ValueError, match="Not every value"):
        lost(3)
    later = Prepared(
        lambda now: Area.objects.filter(changed_at__gt=now, stage_since__lt=now + timedelta(days=1)), datetime
    )
    with pytest.raises(ValueError, match="Not every value"):
        later(NOW)


def test_days_and_moments_come_later_too(kranenburg, now):
    area, hour = kranenburg.village("niel"), timedelta(hours=1)
    Area.objects.filter(pk=area.pk).update(changed_at=now, stage_since=now)
    changed = Prepared(
        lambda first, last, day: Area.objects.filter(
            changed_at__gte=first, changed_at__lt=last, stage_since__date=day
        ),
        datetime, datetime, date,
    )  # fmt: skip
    assert changed(now, now + hour, now.date()) == [area]
    assert changed(now - hour, now, now.date()) == []
    assert changed(now, now + hour, now.date() + timedelta(days=1)) == []


def test_a_question_is_kept_for_those_who_come_again(kranenburg):
    built = []

    def below(parent_id: int, slug: str):
        built.append(parent_id)
        return Area.objects.filter(parent=parent_id, slug=slug)

    asked, area = prepared_for(below, str), kranenburg.village("niel")
    assert [asked(area.parent_id)("niel"), asked(area.parent_id)("zyfflich"), asked(0)("niel")] == [
        [area], [kranenburg.village("zyfflich")], []
    ]  # fmt: skip
    assert built == [area.parent_id, 0]


def test_what_nothing_can_ever_answer_is_not_asked(kranenburg, django_assert_num_queries):
    below = prepared_for(lambda ids, slug: Area.objects.filter(pk__in=ids, slug=slug), str)
    area = kranenburg.village("niel")
    with django_assert_num_queries(1):
        assert [below(())("niel"), below((area.pk,))("niel"), below(())("niel")] == [[], [area], []]


def test_one_asks_about_some_of_many(kranenburg, django_assert_num_queries):
    areas = {area.slug: area for area in kranenburg.municipality.area.children.all()}
    assert len(areas) == 3
    named = prepared_among(lambda slugs: Area.objects.filter(slug__in=slugs).order_by("pk"), str)
    for count in (1, 2, 3):
        some = list(areas)[:count]
        with django_assert_num_queries(1):
            found = named([*some, *some, *map(str, range(10 * count))])
        assert [area.slug for area in found] == sorted(some, key=lambda slug: areas[slug].pk)
    with django_assert_num_queries(2):
        many = named([*areas, *map(str, range(600))])
    assert {area.slug for area in many} == set(areas)
    with django_assert_num_queries(0):
        assert named([]) == []


def test_a_host_leads_to_its_municipality_however_it_is_written(kranenburg):
    Host.objects.create(name="Platz.Kranenburg.example", municipality=kranenburg.municipality)
    Municipality.objects.filter(pk=kranenburg.municipality.pk).update(is_demonstration=True)
    found = municipality_at("platz.KRANENBURG.example")
    assert found == kranenburg.municipality
    with CaptureQueriesContext(connection) as asked:
        municipality_at("platz.kranenburg.example")
    assert len(asked) == 1
