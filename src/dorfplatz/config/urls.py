"""All addresses: those of the installation without a language, everything for readers below a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "dorfplatz.operations.trouble.answer_bad_request"
handler500 = "dorfplatz.operations.trouble.answer_trouble"
urlpatterns = [
    path("", include("dorfplatz.operations.urls")),
    path("", include("dorfplatz.portal.front_urls")),
    path("", include("dorfplatz.entries.short_urls")),
    path("", include("dorfplatz.villages.look_urls")),
    path("", include("dorfplatz.basemap.file_urls")),
    path("media/", include("dorfplatz.media.urls")),
    path("api/v1/", include("dorfplatz.api.urls")),
    path("hsds/", include("dorfplatz.api.hsds_urls")),
    *i18n_patterns(
        path("", include("dorfplatz.ui.urls")),
        path("", include("dorfplatz.jobs.urls")),
        path("", include("dorfplatz.operations.settings_urls")),
        path("", include("dorfplatz.members.urls")),
        path("", include("dorfplatz.villages.urls")),
        path("", include("dorfplatz.basemap.urls")),
        path("", include("dorfplatz.entries.urls")),
        path("", include("dorfplatz.search.urls")),
        path("", include("dorfplatz.places.urls")),
        path("", include("dorfplatz.imports.urls")),
        path("", include("dorfplatz.api.page_urls")),
        # Last, as a village's slug stands where other addresses have their first word.
        path("", include("dorfplatz.portal.urls")),
    ),
]
