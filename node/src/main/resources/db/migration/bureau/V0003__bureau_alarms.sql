-- Urgent messages that stayed unread too long: an alarm each, until a named officer takes it on. Says nothing of what stands in the message.

create table bureau.alarm (
    message         uuid primary key references bureau.message (id) on delete cascade,
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
create index alarm_open on bureau.alarm (latest_at) where acknowledged_by is null;
create index message_urgent on bureau.message (at)
    where state = 'RECEIVED' and urgency = 'URGENT' and answered_at is null and acted_at is null;
