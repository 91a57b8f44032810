-- Who may log in, with what, and what was tried: ADR 0005.

create table access.officer (
    id           uuid primary key,
    login        text        not null unique collate "C" check (login ~ '^[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]$'),
    name         text        not null check (length(name) between 1 and 200),
    unit         text        check (length(unit) <= 200),
    roles        text[]      not null,
    -- The audit entry that gave these roles: verify-audit compares, so a role given past the node is found.
    roles_entry  uuid        not null,
    disabled     boolean     not null default false,
    -- Works only on a node that was started as a demo.
    demo         boolean     not null default false,
    -- Break-glass officers end by themselves.
    ends_at      timestamptz,
    language     text        check (language in ('ar', 'fr', 'en', 'es')),
    created_at   timestamptz not null
);

-- Apart from the officer, so that a list of officers never touches a secret.
create table access.credential (
    officer_id   uuid primary key references access.officer (id),
    -- Argon2id with its parameters and salt.
    password     text,
    -- Sealed by the vault.
    totp         bytea,
    -- The step of the last accepted code: a code is used once.
    totp_step    bigint not null default 0,
    -- SHA-256 of the one-time enrolment code.
    code         bytea check (octet_length(code) = 32),
    code_ends_at timestamptz,
    check ((code is null) = (code_ends_at is null))
);

create table access.passkey (
    credential_id    bytea primary key,
    officer_id       uuid        not null references access.officer (id),
    label            text        not null check (length(label) between 1 and 200),
    public_key       bytea       not null,
    signature_count  bigint      not null,
    user_verified    boolean     not null,
    transports       text[]      not null,
    backup_eligible  boolean     not null,
    backup_state     boolean     not null,
    attestation      bytea,
    client_data      bytea,
    created_at       timestamptz not null,
    last_used_at     timestamptz not null
);
create index passkey_officer on access.passkey (officer_id);

create table access.api_key (
    id           uuid primary key,
    label        text        not null check (length(label) between 1 and 200),
    -- SHA-256 of 256 random bits; nothing to guess, so nothing to slow down.
    secret       bytea       not null check (octet_length(secret) = 32),
    -- Whose permissions bound the key's; null for a key made at the command line.
    officer_id   uuid references access.officer (id),
    unit         text,
    purpose      text        not null,
    permissions  text[]      not null,
    -- The audit entry that made it, as above.
    made_entry   uuid        not null,
    created_at   timestamptz not null,
    ends_at      timestamptz not null,
    revoked_at   timestamptz,
    last_used_at timestamptz
);
create index api_key_officer on access.api_key (officer_id);

-- Failed log-ins, under keyed hashes of account, source and device; forgotten after a day.
create table access.throttle (
    key          bytea primary key,
    failures     integer     not null check (failures >= 0),
    last_failure timestamptz not null
);
create index throttle_last_failure on access.throttle (last_failure);
