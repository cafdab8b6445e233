"""Addresses of the social map; the pages of single entries are the spine's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.places.views import claims, fresh, keep, photos, taxonomy, write
from dorfplatz.places.views import map as maps

app_name = "places"
urlpatterns = [
    path(_("map/"), maps.social_map, name="map"),
    path(_("print-map/"), maps.print_map, name="print_map"),
    path(_("map/<slug:slug>/"), maps.social_map, name="category"),
    path(_("add-entry/"), write.add, name="add"),
    path(_("entry/<str:code>/edit/"), write.edit, name="edit"),
    path(_("entry/<str:code>/photos/"), photos.photos, name="photos"),
    path(_("entry/<str:code>/photos/<int:photo_id>/remove/"), photos.photo_remove, name="photo_remove"),
    path(_("entry/<str:code>/confirm/"), keep.confirm, name="confirm"),
    path(_("still-right/<str:token>/"), fresh.fresh, name="fresh"),
    path(_("entry/<str:code>/wrong/"), keep.correct, name="correct"),
    path(_("entry/<str:code>/wrong/thanks/"), keep.correct_thanks, name="correct_thanks"),
    path(_("entry/<str:code>/wrong/<int:correction_id>/"), keep.settle, name="settle"),
    path(_("entry/<str:code>/keepers/"), keep.keepers, name="keepers"),
    path(_("entry/<str:code>/keepers/<int:keeper_id>/end/"), keep.keeper_end, name="keeper_end"),
    path(_("entry/<str:code>/claim/"), claims.claim, name="claim"),
    path(_("entry/<str:code>/claim/<int:claim_id>/"), claims.decide, name="decide_claim"),
    path(_("entry/<str:code>/hand-over/"), claims.hand_over, name="hand_over"),
    path(_("my-page/claims/"), claims.claims, name="claims"),
    path(_("entry/<str:code>/withdraw/"), keep.withdraw, name="withdraw"),
    path(_("settings/categories/"), taxonomy.categories, name="categories"),
    path(_("settings/categories/<int:pk>/"), taxonomy.category_edit, name="category_edit"),
    path(_("settings/categories/<int:pk>/add/"), taxonomy.category_add, name="category_add"),
    path(_("settings/categories/<int:pk>/remove/"), taxonomy.category_remove, name="category_remove"),
]
