-- Extracts for posts without network: what was made for whom, and how much of each log came home. Of the content only what the record needs
-- to tell what left: names, versions, hashes and counts.

create table screening.extract_key (
    id          uuid primary key,
    certificate bytea not null,
    -- Sealed: the private key in PKCS#8.
    sealed      bytea not null,
    made_at     timestamptz not null,
    entry       uuid not null
);

create table screening.extract (
    -- Grows, so that a post knows an older one.
    number    bigint generated always as identity primary key,
    id        uuid not null unique,
    post      text not null check (post ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    made_at   timestamptz not null,
    ends_at   timestamptz not null,
    contents  jsonb not null,
    entry     uuid not null unique,
    log_lines bigint not null default 0 check (log_lines >= 0),
    -- Hash of the last line that is entered: a log that comes home again goes on from it.
    log_head  bytea check (octet_length(log_head) = 32),
    -- When the log came home to its last line.
    home_at   timestamptz,
    -- Thirty days are the longest that any country may set.
    check (ends_at > made_at and ends_at <= made_at + interval '30 days'),
    check ((log_lines = 0) = (log_head is null))
);

create table screening.extract_collected (
    extract      uuid not null references screening.extract (id),
    lines        bigint not null,
    collected_at timestamptz not null,
    entry        uuid not null unique
);

-- The code of an officer at a post, so that a new extract need not hand out new ones.
create table screening.post_code (
    post    text not null,
    officer text not null,
    -- Argon2id.
    hash    text not null,
    made_at timestamptz not null,
    primary key (post, officer)
);
