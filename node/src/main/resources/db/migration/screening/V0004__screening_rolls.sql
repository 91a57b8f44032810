-- Rolls: whole lists of people to be screened for an event (accreditation, passengers). Approved by a second person, screened row by row,
-- gone with the event (S10). What identifies anybody is sealed by the vault, under a key of each row.

create table screening.roll (
    id             uuid primary key,
    -- Sealed: what the event is.
    title          bytea not null,
    made_kind      text not null,
    made_by        text not null,
    -- The officer behind it, who may not approve; empty for a key that the administrator made.
    officer        text,
    unit           text,
    purpose        text not null,
    made_at        timestamptz not null,
    ends_at        timestamptz not null check (ends_at > made_at),
    entry          uuid not null unique,
    state          text not null check (state in ('WAITING', 'RUNNING', 'DONE')),
    approved_by    text,
    approved_at    timestamptz,
    approval_entry uuid,
    finished_at    timestamptz,
    check ((state = 'WAITING') = (approved_by is null)),
    check ((state = 'WAITING') = (approved_at is null)),
    check ((state = 'WAITING') = (approval_entry is null)),
    check ((state = 'DONE') = (finished_at is not null)),
    -- Nobody approves what they asked for.
    check (approved_by is distinct from made_by and (officer is null or approved_by is distinct from officer))
);
create index roll_running on screening.roll (approved_at) where state = 'RUNNING';
create index roll_of_officer on screening.roll (officer, made_at desc);
create index roll_ends on screening.roll (ends_at);

create table screening.roll_row (
    roll        uuid not null references screening.roll on delete cascade,
    -- In the file, from 1.
    line        bigint not null check (line >= 1),
    -- Sealed: what stands in the row. Nothing of a row that was refused, nor, some hours on, of one without a match.
    content     bytea,
    -- Why it was refused.
    refusal     text,
    outcome     text check (outcome in ('NO_MATCH', 'POSSIBLE_MATCH', 'SAME_NUMBER', 'NOT_THIS_PERSON', 'DISMISSED')),
    screened_at timestamptz,
    primary key (roll, line),
    check (refusal is null or (content is null and outcome is null)),
    check ((outcome is null) = (screened_at is null))
);
create index roll_row_waiting on screening.roll_row (roll, line) where outcome is null and refusal is null;
create index roll_row_found on screening.roll_row (roll, line) where outcome <> 'NO_MATCH';
create index roll_row_text on screening.roll_row (screened_at) where outcome = 'NO_MATCH' and content is not null;
