from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_tables")]

    operations = [
        migrations.RemoveConstraint("decision", "decision_step_known"),
        migrations.RemoveConstraint("decision", "decision_restricts_for_a_while"),
        migrations.AlterField(
            "decision",
            "step",
            models.CharField(
                choices=[
                    ("leave", "Leave it as it is"),
                    ("ask", "Ask for a change, hidden until then"),
                    ("hide", "Hide it"),
                    ("remove", "Remove it"),
                    ("restrict", "Remove it, and no writing for a while"),
                    ("letters", "Remove it, and no letters for a while"),
                    ("suspend", "Remove it, and shut the person out"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["leave", "ask", "hide", "remove", "restrict", "letters", "suspend"])
                ),
                name="decision_step_known",
            ),
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step__in", ["restrict", "letters"]), _negated=True),
                    ("until__isnull", False),
                    _connector="OR",
                ),
                name="decision_restricts_for_a_while",
            ),
        ),
    ]
