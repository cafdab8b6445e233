"""What a phone asks for, the same in every language."""

from django.urls import path

from dorfplatz.channels import views

app_name = "pwa"
urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("app-icon-192.png", views.icon, {"size": 192}, name="icon_192"),
    path("app-icon-512.png", views.icon, {"size": 512}, name="icon_512"),
]
