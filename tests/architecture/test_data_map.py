"""Each field of each table is known to say something of persons or not, and a person has looked at the list."""

import csv

from django.apps import apps

from dorfplatz.kernel.data_map import tables
from dorfplatz.members.sockets import personal_data
from tests.architecture.rules.source import ROOT

LIST = ROOT / "docs" / "data-map.csv"
# Django's own lists of models and permissions, written by migrations.
NOT_OURS = {"contenttypes.ContentType", "auth.Permission", "auth.Group", "auth.Group_permissions"}


def fields() -> dict[tuple[str, str], str]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.label
        kept = tables.get(name)
        for field in model._meta.concrete_fields if name not in NOT_OURS else ():
            says = bool(kept and field.name in kept.fields)
            found[name, field.name] = kept.basis.name.lower() if kept and says else "nobody"
    return found


def reviewed() -> dict[tuple[str, str], str]:
    with LIST.open(newline="") as file:
        return {(row["table"], row["field"]): row["about"] for row in csv.DictReader(file)}


def test_every_field_is_in_the_reviewed_list_as_its_app_has_declared_it():
    there, listed = fields(), reviewed()
    new = [f"{table},{field},{about}" for (table, field), about in there.items() if listed.get((table, field)) != about]
    gone = sorted(set(listed) - set(there))
    assert not new, "To be reviewed and then written into docs/data-map.csv:\n" + "\n".join(new)
    assert not gone, f"To be taken out of docs/data-map.csv: {gone}"


def test_what_is_declared_exists_and_says_enough():
    parts = dict(personal_data.items())
    for name, kept in tables.items():
        model = apps.get_model(name)
        names = {field.name for field in model._meta.concrete_fields}
        assert set(kept.fields) <= names, name
        assert set(kept.secret) <= set(kept.fields), name
        assert kept.fields, name
        assert str(kept.what), name
        assert str(kept.why), name
        assert str(kept.how_long), name
        assert not kept.part or kept.part in parts, name
        if kept.subject:
            assert kept.part, f"{name}: whose rows are known is handed out to whom they are about"
            model._default_manager.filter(**{kept.subject: 0}).query  # noqa: B018  raises for a path that leads nowhere
