"""Addresses of village papers."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.noticeboard.views import blanks, by_mail, guides, paper, papers, posters, printing

app_name = "noticeboard"
urlpatterns = [
    path(_("village-paper/by-mail/<str:token>/"), by_mail.stop_mail, name="stop_mail"),
    path(_("village-paper/<int:pk>/"), paper.paper, name="paper"),
    path(_("village-paper/<int:pk>/item/"), paper.item, name="item"),
    path(_("village-paper/<int:pk>/greeting/"), paper.greet, name="greet"),
    path(_("village-paper/<int:pk>/publish/"), paper.publish, name="publish"),
    path(_("village-paper/<int:pk>/print/"), printing.print_it, name="print"),
    path(_("village-paper/<int:pk>/pdf/<str:form>/<str:languages>/"), printing.pdf, name="pdf"),
    path(_("poster/<str:code>/"), posters.poster, name="poster"),
    path(_("poster/<str:code>/<str:size>/<str:language>/<str:what>/"), posters.poster_pdf, name="poster_pdf"),
    path(_("on-paper/"), blanks.on_paper, name="on_paper"),
    path(_("on-paper/<str:form>/<str:languages>/"), blanks.blank_pdf, name="blank_pdf"),
    path(_("<slug:slug>/phone-list/"), blanks.phone_list, name="phone_list"),
    path(_("<slug:slug>/phone-list/pdf/<str:languages>/"), blanks.phone_list_pdf, name="phone_list_pdf"),
    path(_("<slug:slug>/guide/"), guides.guide, name="guide"),
    path(_("<slug:slug>/guide/pdf/<str:form>/<str:languages>/"), guides.guide_pdf, name="guide_pdf"),
    path(_("<slug:slug>/village-paper/"), papers.papers, name="papers"),
    path(_("<slug:slug>/village-paper/by-mail/"), by_mail.by_mail, name="by_mail"),
    path(_("<slug:slug>/village-paper/make/"), papers.make, name="make"),
]
