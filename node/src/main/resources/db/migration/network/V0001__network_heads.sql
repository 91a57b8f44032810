-- What we saw of the others' audit logs. A head is cosigned only after its row is committed.

-- The newest head of each member, with the log's signature and ours.
create table network.seen (
    member     text primary key,
    note       bytea       not null,
    size       bigint      not null check (size >= 0),
    seen_at    timestamptz not null,
    epoch      bigint      not null default 1 check (epoch >= 1),
    declared   bytea,
    check ((epoch = 1) = (declared is null))
);

-- Heads that others saw, until their member has proved that they lie under its present one.
create table network.told (
    member    text        not null,
    told_by   text        not null,
    note      bytea       not null,
    size      bigint      not null check (size >= 0),
    told_at   timestamptz not null,
    primary key (member, told_by)
);

-- Heads of our own log that others cosigned: what of it nobody can rewrite unseen, not even we.
create table network.ours (
    cosigned_by text primary key,
    note        bytea       not null,
    size        bigint      not null check (size >= 0),
    cosigned_at timestamptz not null
);

-- Two signed heads of which one log cannot have both. Kept for ever.
create table network.finding (
    id         bigint generated always as identity primary key,
    member     text        not null,
    code       text        not null check (length(code) <= 64),
    earlier    bytea       not null,
    later      bytea       not null,
    told_by    text        not null,
    found_at   timestamptz not null,
    entry      uuid        not null,
    unique (member, earlier)
);

create function network.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'findings stay as they are: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger finding_stays before update or delete on network.finding for each row execute function network.refuse_change();
