-- Who is on duty, the alarms when an urgent report stays unread, and what one shift hands to the next.

create table triage.shift (
    id        uuid primary key,
    officer   text not null,
    begins_at timestamptz not null,
    ends_at   timestamptz not null,
    -- Who is alarmed first, second …
    position  integer not null check (position >= 1),
    check (ends_at > begins_at)
);
create index shift_by_end on triage.shift (ends_at);

create table triage.alarm (
    id          uuid primary key,
    report_id   uuid not null,
    -- 1 for the first officer alarmed, and so on until somebody reads the report.
    step        integer not null check (step >= 1),
    rung_at     timestamptz not null,
    -- Null where nobody was on duty.
    officer     text,
    -- The message out of the node, if one is configured.
    webhook     text not null check (webhook in ('NONE', 'WAITING', 'SENT', 'FAILED')),
    attempts    integer not null default 0,
    next_try_at timestamptz,
    check ((webhook = 'WAITING') = (next_try_at is not null)),
    unique (report_id, step)
);
create index alarm_to_send on triage.alarm (next_try_at) where webhook = 'WAITING';
create index alarm_latest on triage.alarm (rung_at desc);

-- What a shift tells the next. Ends by itself: a note is for the next hours.
create table triage.handover (
    id         uuid primary key,
    -- Folded; the sheet lists what its unit may see, and so only its unit reads it.
    unit       text not null,
    written_by text not null,
    written_at timestamptz not null,
    note       text not null check (char_length(note) <= 4000),
    reports    uuid[] not null,
    taken_by   text,
    taken_at   timestamptz,
    expires_at timestamptz not null,
    check ((taken_by is null) = (taken_at is null)),
    check (taken_by is distinct from written_by)
);
create index handover_by_unit on triage.handover (unit, written_at desc);
create index handover_by_expiry on triage.handover (expires_at);
