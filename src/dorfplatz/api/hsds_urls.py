"""Addresses of the HSDS read API, the same in every language, without a slash at the end as HSDS has them."""

from django.urls import path

from dorfplatz.api import addresses  # noqa: F401  knows “anything”
from dorfplatz.api.views import entries, hsds

app_name = "hsds"
urlpatterns = [
    path("", hsds.about, name="about"),
    path("openapi.json", hsds.openapi, name="openapi"),
    path("services", hsds.services, name="services"),
    path("services/<str:id>", hsds.service, name="service"),
    path("organizations", hsds.organizations, name="organizations"),
    path("organizations/<str:id>", hsds.organization, name="organization"),
    path("service_at_locations", hsds.service_at_locations, name="service_at_locations"),
    path("service_at_locations/<str:id>", hsds.service_at_location, name="service_at_location"),
    path("taxonomies", hsds.taxonomies, name="taxonomies"),
    path("taxonomies/<str:id>", hsds.taxonomy, name="taxonomy"),
    path("taxonomy_terms", hsds.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<str:id>", hsds.taxonomy_term, name="taxonomy_term"),
    path("<anything:rest>", entries.nothing, name="nothing"),
]
