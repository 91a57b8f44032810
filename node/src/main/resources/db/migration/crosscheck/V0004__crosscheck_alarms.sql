-- Urgent requests that stayed unread too long ring with the bureau's alarms: an alarm each, until a named officer takes it on. Says nothing of what is asked.
alter table crosscheck.received add column id uuid not null default gen_random_uuid() unique;

create table crosscheck.alarm (
    request         uuid primary key references crosscheck.received (id) on delete cascade,
    rung_at         timestamptz not null,
    latest_at       timestamptz not null,
    times           integer     not null check (times >= 1),
    -- The audit entry of its latest ring.
    entry           uuid        not null,
    acknowledged_by text,
    acknowledged_at timestamptz,
    acknowledged    uuid,
    check (latest_at >= rung_at),
    check ((acknowledged_by is null) = (acknowledged_at is null) and (acknowledged_by is null) = (acknowledged is null))
);
create index alarm_open on crosscheck.alarm (latest_at) where acknowledged_by is null;
create index received_urgent on crosscheck.received (received_at)
    where urgency = 'URGENT' and answer is null and withdrawn_at is null;
