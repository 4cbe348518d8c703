"""Registers the Board's checks with the notice room below, what decisions change, and what it writes to the trail."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "holdfast.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.governance import checks, decided_checks, effects, extract
        from holdfast.governance.independence import refuse_employing_the_chair
        from holdfast.governance.selectors import evidence
        from holdfast.governance.selectors.discussing import decided_about
        from holdfast.governance.trail import SENTENCES
        from holdfast.notice.covering import register_decided
        from holdfast.notice.evidencing import EvidenceSource, register_evidence
        from holdfast.organisation.appointing import register_appointment_rule

        checks.register()
        decided_checks.register()
        effects.register()
        register_decided(decided_about)
        register_evidence(EvidenceSource("record", "A body’s record", evidence.records, evidence.record_address))
        extract.register()
        register_appointment_rule(refuse_employing_the_chair)
        register_actions(SENTENCES)
