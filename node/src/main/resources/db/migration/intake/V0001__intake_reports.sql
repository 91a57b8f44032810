-- Reports and what they name. Purpose, originator, handling and expiry stand on every report from its creation (S20);
-- the rows that belong to a report end with it.

create table intake.report (
    -- UUID version 7: the order of ids is the order of arrival; never leaves the node.
    id                 uuid primary key,
    reference          text not null unique check (reference ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
    received_at        timestamptz not null,
    category           text not null,
    narrative          text not null check (char_length(narrative) <= 200000),
    language           text,
    -- When it happened if that was said, else when it came in; the precision tells which.
    occurred_at        timestamptz not null,
    occurred_precision text check (occurred_precision in ('YEAR', 'MONTH', 'DAY', 'MINUTE', 'SECOND')),
    country            text check (country ~ '^[A-Z]{2}$'),
    locality           text,
    channel            text not null,
    -- Name of the imported source; null for reports that came one by one.
    source             text,
    labels             text[] not null,
    role               text not null,
    anonymous          boolean not null,
    withdrawn_at       timestamptz,
    withdrawn_reason   text,
    purpose            text not null,
    originator         text not null,
    handling           text not null,
    expires_at         timestamptz not null,
    -- The audit entry of the act that stored it, and the import if one did.
    audit_entry        uuid not null,
    import_id          uuid,
    check (expires_at > received_at),
    check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index report_by_category on intake.report (category, id);
create index report_by_country on intake.report (country, id) where country is not null;
create index report_by_expiry on intake.report (expires_at);

-- What a report names, recognised. Position 0 and up, those given in fields of their own first.
create table intake.identifier (
    report_id    uuid not null references intake.report on delete cascade,
    position     integer not null check (position >= 0),
    kind         text not null,
    canonical    text not null check (char_length(canonical) between 1 and 2048),
    display      text not null,
    origin       text not null check (origin in ('GIVEN', 'FOUND')),
    withdrawn_at timestamptz,
    primary key (report_id, position)
);

-- What was given as an identifier and is none, kept as text so that nothing is lost.
create table intake.unrecognised (
    report_id uuid not null references intake.report on delete cascade,
    position  integer not null check (position >= 0),
    kind      text not null,
    given     text not null,
    reason    text not null,
    primary key (report_id, position)
);

create table intake.money (
    report_id          uuid not null references intake.report on delete cascade,
    position           integer not null check (position >= 0),
    amount             numeric(22, 4) not null check (amount >= 0),
    currency           text not null check (currency ~ '^[A-Z]{3}$'),
    kind               text not null check (kind in ('LOST', 'DEMANDED', 'AT_RISK')),
    occurred_at        timestamptz,
    occurred_precision text,
    -- As shown to an officer; the account that money went to is also an identifier of the report.
    from_account       text,
    to_account         text,
    primary key (report_id, position),
    check ((occurred_at is null) = (occurred_precision is null))
);

-- How to reach a reporter who gave a name: sealed, apart from the report, with an end of its own.
create table intake.contact (
    report_id  uuid primary key references intake.report on delete cascade,
    sealed     bytea not null,
    expires_at timestamptz not null
);
create index contact_by_expiry on intake.contact (expires_at);

-- Submissions of the last days by keyed hash of submitter and Idempotency-Key: a replay gets the same answer.
create table intake.submission (
    key_mac    bytea primary key check (octet_length(key_mac) = 32),
    body_mac   bytea not null check (octet_length(body_mac) = 32),
    report_id  uuid not null,
    expires_at timestamptz not null
);
create index submission_by_expiry on intake.submission (expires_at);
