"""The installation's addresses and one more that always fails, to see how a fault is answered."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from dorfplatz.config.urls import urlpatterns as ours
from dorfplatz.kernel.access import public


@public
def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret: 7f3a")


urlpatterns = [path("failing/", failing, name="failing"), *ours]
