-- Standing watches: a question or an entry that is asked again whenever lists change. Each has a purpose, a second person and an end of at
-- most thirty days (S10). What is looked for is sealed.

create table screening.watch (
    id             uuid primary key,
    kind           text not null check (kind in ('QUESTION', 'ENTRY')),
    -- Of an entry that is watched.
    entity         text,
    -- Sealed: what is looked for, and why.
    content        bytea not null,
    made_kind      text not null,
    made_by        text not null,
    officer        text,
    unit           text,
    purpose        text not null,
    made_at        timestamptz not null,
    days           integer not null check (days between 1 and 30),
    entry          uuid not null unique,
    approved_by    text,
    approved_at    timestamptz,
    approval_entry uuid,
    -- While it waits for the second person, when it is given up.
    ends_at        timestamptz not null check (ends_at > made_at),
    -- Sealed: why it should go on. Waits for a second person like the watch itself.
    renewal        bytea,
    renewal_days   integer check (renewal_days between 1 and 30),
    -- The import up to which its answer is known.
    screened_to    bigint not null default 0,
    check ((kind = 'ENTRY') = (entity is not null)),
    check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (approval_entry is null)),
    check ((renewal is null) = (renewal_days is null)),
    check (renewal is null or approved_by is not null),
    -- S10: not longer than thirty days without a second person looking again.
    check (approved_at is null or ends_at <= approved_at + interval '30 days'),
    check (approved_by is distinct from made_by and (officer is null or approved_by is distinct from officer))
);
create index watch_behind on screening.watch (screened_to) where approved_at is not null;
create index watch_of_officer on screening.watch (officer, made_at desc);
create index watch_ends on screening.watch (ends_at);

create table screening.watch_alert (
    watch     uuid not null references screening.watch on delete cascade,
    entity    text not null,
    kind      text not null check (kind in ('FOUND', 'CHANGED', 'GONE')),
    -- The import that brought it.
    import    bigint not null,
    raised_at timestamptz not null,
    entry     uuid not null,
    -- When its keeper was shown it.
    seen_at   timestamptz,
    primary key (watch, entity, kind, import)
);
create index watch_alert_unseen on screening.watch_alert (watch) where seen_at is null;
