-- What the public portal's process may touch: sealed arrivals, which it may only add, and mailboxes. Everything else of this
-- schema, and every other schema, is closed to its role; the node grants what it needs at each start.

-- The node's key pair for arrivals. The private half lies sealed by the vault.
create table portal.unit_key (
    id             integer primary key check (id = 1),
    public_key     bytea not null check (octet_length(public_key) = 32),
    sealed_private bytea not null,
    created_at     timestamptz not null
);

-- What came in and waits to be collected: sealed to the unit's key, gone once the node has it.
create table portal.arrival (
    seq        bigint generated always as identity primary key,
    sealed     bytea not null check (octet_length(sealed) <= 4194304),
    arrived_at timestamptz not null default now(),
    -- The node could not take it in: class of the failure. Nothing is thrown away.
    failed_at  timestamptz,
    failure    text
);
create index arrival_waiting on portal.arrival (seq) where failed_at is null;

-- One for each report, found by a keyed hash of reference and access code: neither can be read here.
create table portal.mailbox (
    lookup     bytea primary key check (octet_length(lookup) = 32),
    -- X25519; its private half follows from the code.
    public_key bytea not null check (octet_length(public_key) = 32),
    -- Keyed hash of what was handed in: tells a repeated submission from a changed one.
    body_mac   bytea not null check (octet_length(body_mac) = 32),
    status     text not null default 'RECEIVED'
        check (status in ('RECEIVED', 'READ', 'WITH_UNIT', 'ANSWER_WANTED', 'CLOSED', 'WITHDRAWN')),
    status_at  timestamptz not null default now(),
    created_at timestamptz not null default now()
);

-- Letters and the reporter's own messages, sealed to the mailbox.
create table portal.letter (
    id            bigint generated always as identity primary key,
    lookup        bytea not null references portal.mailbox on delete cascade,
    from_reporter boolean not null,
    written_at    timestamptz not null,
    sealed        bytea not null check (octet_length(sealed) <= 1048576),
    -- Of the form that a message was written in, so that a repeated one is not written twice; null for letters.
    nonce         bytea unique check (octet_length(nonce) = 16)
);
create index letter_by_mailbox on portal.letter (lookup, id);

-- Which mailbox belongs to which report: the node's own.
create table portal.delivery (
    report_id uuid primary key,
    lookup    bytea not null unique check (octet_length(lookup) = 32)
);
