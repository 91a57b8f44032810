-- Heads of others that were seen before the newest: one a day, and those that a return from a backup took the place of. A member that
-- comes back has to prove that what came out of its backup grew out of them.
create table network.earlier (
    member  text        not null,
    size    bigint      not null check (size > 0),
    note    bytea       not null,
    seen_at timestamptz not null,
    lost    boolean     not null,
    primary key (member, size, note)
);
create index earlier_day on network.earlier (member, seen_at);
