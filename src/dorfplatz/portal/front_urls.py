"""The bare host name, which leads to the reader's language; and what search engines ask for."""

from django.urls import path

from dorfplatz.portal import views

app_name = "front"
urlpatterns = [
    path("", views.front, name="door"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
