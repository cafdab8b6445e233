"""All addresses: those of the installation without a language, everything for readers below a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "dorfplatz.operations.trouble.answer_bad_request"
handler403 = "dorfplatz.operations.trouble.answer_not_allowed"
handler404 = "dorfplatz.operations.trouble.answer_not_there"
handler500 = "dorfplatz.operations.trouble.answer_trouble"
urlpatterns = [
    path("", include("dorfplatz.operations.urls")),
    path("", include("dorfplatz.portal.front_urls")),
    path("", include("dorfplatz.entries.short_urls")),
    path("", include("dorfplatz.villages.look_urls")),
    path("", include("dorfplatz.basemap.file_urls")),
    path("", include("dorfplatz.events.file_urls")),
    path("", include("dorfplatz.channels.pwa_urls")),
    path("", include("dorfplatz.square.feed_urls")),
    path("media/", include("dorfplatz.media.urls")),
    path("api/v1/", include("dorfplatz.api.urls")),
    path("hsds/", include("dorfplatz.api.hsds_urls")),
    *i18n_patterns(
        path("", include("dorfplatz.ui.urls")),
        path("", include("dorfplatz.jobs.urls")),
        path("", include("dorfplatz.operations.settings_urls")),
        path("", include("dorfplatz.members.urls")),
        path("", include("dorfplatz.villages.urls")),
        path("", include("dorfplatz.languages.urls")),
        path("", include("dorfplatz.basemap.urls")),
        path("", include("dorfplatz.entries.urls")),
        path("", include("dorfplatz.letters.urls")),
        path("", include("dorfplatz.search.urls")),
        path("", include("dorfplatz.comments.urls")),
        path("", include("dorfplatz.places.urls")),
        path("", include("dorfplatz.exchange.urls")),
        path("", include("dorfplatz.gifts.urls")),
        path("", include("dorfplatz.square.urls")),
        path("", include("dorfplatz.wishes.urls")),
        path("", include("dorfplatz.moderation.urls")),
        path("", include("dorfplatz.events.urls")),
        path("", include("dorfplatz.imports.urls")),
        path("", include("dorfplatz.channels.urls")),
        path("", include("dorfplatz.api.page_urls")),
        path("", include("dorfplatz.noticeboard.urls")),
        path("", include("dorfplatz.desk.urls")),
        path("", include("dorfplatz.intake.urls")),
        path("", include("dorfplatz.matching.urls")),
        path("", include("dorfplatz.launch.urls")),
        path("", include("dorfplatz.screens.urls")),
        path("", include("dorfplatz.embeds.urls")),
        # Last, as a village's slug stands where other addresses have their first word.
        path("", include("dorfplatz.portal.urls")),
    ),
]
