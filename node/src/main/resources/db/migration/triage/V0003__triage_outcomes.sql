-- What came of a campaign, and one neutral line to each reporter who wished to hear.

create table triage.outcome (
    id          uuid primary key,
    campaign    bigint not null,
    kind        text not null check (kind in ('ARREST', 'TAKEDOWN', 'MONEY_HELD')),
    note        text not null check (char_length(note) between 3 and 1000),
    recorded_by text not null,
    recorded_at timestamptz not null,
    -- Reporters who are told.
    told        integer not null check (told >= 0),
    entry       uuid not null
);
create index outcome_of_campaign on triage.outcome (campaign, recorded_at desc);
create index outcome_latest on triage.outcome (recorded_at desc, id);

-- A reporter hears once, whatever comes later: a second line would tell of the campaign (S16).
create table triage.thanks (
    report_id  uuid primary key,
    outcome_id uuid not null references triage.outcome,
    sent_at    timestamptz
);
create index thanks_to_send on triage.thanks (report_id) where sent_at is null;
