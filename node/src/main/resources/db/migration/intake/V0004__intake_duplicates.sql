-- A second report of the same by the same person: worked on with the first and counted once. And a quick look for reports
-- that are closed to one unit.

alter table intake.report add duplicate_of uuid references intake.report on delete set null
    check (duplicate_of is distinct from id);
create index report_by_duplicate on intake.report (duplicate_of) where duplicate_of is not null;
create index report_closed on intake.report (id) where unit_only is not null;
