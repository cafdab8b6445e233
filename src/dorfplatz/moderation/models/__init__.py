"""What moderation keeps: cases with their reports, what was decided and appealed, and what a municipality looks at."""

from dorfplatz.moderation.models.cases import Case, Report
from dorfplatz.moderation.models.decisions import Appeal, Decision
from dorfplatz.moderation.models.guards import GateRule, Guard

__all__ = ["Appeal", "Case", "Decision", "GateRule", "Guard", "Report"]
