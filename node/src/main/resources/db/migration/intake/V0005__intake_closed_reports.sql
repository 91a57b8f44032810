-- A unit asks which of the reports that are closed to it name what another country asks about; closed reports are few.
create index report_by_closed_unit on intake.report (lower(btrim(unit_only))) where unit_only is not null;
