"""Registers the plan's checks, and its actions as what covers each requirement, with the notice room below; and what
it gives to be measured with the performance room.
"""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "holdfast.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.agreements.contents import register_content
        from holdfast.notice.covering import register_coverage
        from holdfast.notice.evidencing import EvidenceSource, register_evidence
        from holdfast.plan import checks, extract
        from holdfast.plan.agreeing import words_of_the_plan
        from holdfast.plan.selectors import covering, record_address, records
        from holdfast.plan.trail import SENTENCES

        register_content("plan", words_of_the_plan)
        checks.register()
        extract.register()
        register_coverage(covering)
        register_evidence(EvidenceSource("record", "The plan", records, record_address))
        register_actions(SENTENCES)
