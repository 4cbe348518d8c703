"""What this room is called, and the check it answers for the notice room below."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "holdfast.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.governance.selectors.agendas import register_records
        from holdfast.jobs.queue import register_job
        from holdfast.notice.evidencing import EvidenceSource, register_evidence
        from holdfast.reports import checks, pack_jobs
        from holdfast.reports.audit_reports import audit_report_address, audit_report_records
        from holdfast.reports.scrutiny import scrutiny_records
        from holdfast.reports.selectors import edition_address, edition_records, named_editions
        from holdfast.reports.trail import SENTENCES

        checks.register()
        register_records(edition_records)
        register_records(scrutiny_records)
        register_records(audit_report_records)
        register_evidence(EvidenceSource("edition", "A report", named_editions, edition_address))
        register_evidence(EvidenceSource("record", "A report of audits", audit_report_records, audit_report_address))
        register_job(pack_jobs.FREEZE_A_PACK, run=pack_jobs.freeze_queued_pack, give_up=pack_jobs.give_up_freezing)
        register_actions(SENTENCES)
