-- Lists of people and things that others look for, and how they changed. Written by one import at a time (an advisory lock
-- orders them), so that numbers of imports are committed in their order and readers can follow them. Nothing that a member of
-- the public reported stands here (S11).

-- Every import that was carried through. Its number is the revision that the entries it changed carry.
create table screening.import (
    number      bigint generated always as identity primary key,
    list        text not null check (list ~ '^[a-z0-9_]{1,40}$'),
    file_hash   bytea not null check (octet_length(file_hash) = 32),
    added       integer not null check (added >= 0),
    changed     integer not null check (changed >= 0),
    removed     integer not null check (removed >= 0),
    refused     bigint not null check (refused >= 0),
    imported_at timestamptz not null,
    -- The audit entry of the act.
    entry       uuid not null unique
);

create table screening.list (
    name        text primary key check (name ~ '^[a-z0-9_]{1,40}$'),
    format      text not null check (format in ('un-xml', 'ofac-csv', 'ftm-json')),
    -- Grows by one with each import that changed an entry.
    version     integer not null check (version >= 1),
    file_hash   bytea not null check (octet_length(file_hash) = 32),
    -- When a file last said what stands here.
    imported_at timestamptz not null,
    -- When that last changed anything.
    changed_at  timestamptz not null
);

create table screening.entity (
    -- The list's name, a hyphen, and the id in its source.
    id         text primary key check (char_length(id) between 3 and 300),
    list       text not null references screening.list,
    schema     text not null,
    names      text[] not null,
    births     text[] not null,
    countries  text[] not null,
    keys       text[] not null,
    -- SHA-256 of all that the entry says: what changes it changes this.
    digest     bytea not null check (octet_length(digest) = 32),
    -- The import that last changed it.
    revision   bigint not null references screening.import,
    first_seen timestamptz not null,
    changed_at timestamptz not null,
    -- When its list no longer had it. Then no content is kept, and the row itself for 30 days, until all readers know.
    gone_at    timestamptz,
    check (gone_at is null or cardinality(names) + cardinality(births) + cardinality(countries) + cardinality(keys) = 0)
);
create index entity_by_revision on screening.entity (list, revision);
