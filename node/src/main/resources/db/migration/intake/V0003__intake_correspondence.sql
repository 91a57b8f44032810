-- What the public portal and triage need of a report: how urgent its circumstances are, what its reporter may hear of it,
-- who alone may open it, whether a flood brought it, and the correspondence with its reporter.

alter table intake.report
    -- What the reporter is told; never anything of campaigns (S16).
    add status text not null default 'RECEIVED'
        check (status in ('RECEIVED', 'READ', 'WITH_UNIT', 'ANSWER_WANTED', 'CLOSED', 'WITHDRAWN')),
    add status_at timestamptz,
    -- A sensitive report is open to this unit alone.
    add unit_only text,
    -- Accepted from a flooding source and not linked until an officer takes it up.
    add set_aside_at timestamptz;
create index report_by_set_aside on intake.report (id) where set_aside_at is not null;

-- Why a report may be urgent and how to deal with its reporter. Reports of machines have none.
create table intake.circumstances (
    report_id      uuid primary key references intake.report on delete cascade,
    danger         boolean not null,
    child          boolean not null,
    reporter_minor boolean not null,
    money_sent_at  timestamptz,
    shared_phone   boolean not null,
    female_officer boolean not null,
    wants_news     boolean not null,
    -- Further fields by stable key, for instance money.transaction-id.
    particulars    jsonb not null check (jsonb_typeof(particulars) = 'object')
);

-- Letters of officers and what reporters wrote after their report, sealed by the vault.
create table intake.message (
    -- UUID version 7: the order of ids is the order of writing.
    id          uuid primary key,
    report_id   uuid not null references intake.report on delete cascade,
    kind        text not null check (kind in ('LETTER', 'ANSWER', 'ADDITION', 'CORRECTION', 'CONSENT_WITHDRAWN')),
    sealed      bytea not null,
    language    text,
    -- The officer who wrote a letter; null for the reporter and for tasks of the node.
    author      text,
    written_at  timestamptz not null,
    read_at     timestamptz,
    audit_entry uuid not null,
    check (kind = 'LETTER' or author is null)
);
create index message_by_report on intake.message (report_id, id);
