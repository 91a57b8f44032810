-- Who we are in the network, our keys, and the rosters that we verified: what the node needs to speak to others.

create table assembly.membership (
    only_one  boolean primary key default true check (only_one),
    member    text        not null check (member ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(member) <= 32),
    joined_at timestamptz not null,
    entry     uuid        not null
);

-- PKCS#12, sealed by the vault. Old ones stay: what was sealed to them may still arrive.
create table assembly.key_file (
    id       uuid primary key,
    signing  bytea       not null unique check (octet_length(signing) = 32),
    sealed   bytea       not null,
    added_at timestamptz not null,
    entry    uuid        not null
);

-- The chain, from a founding roster whose hash people compared. A network that was founded anew begins a chain of its own.
create table assembly.roster (
    version      bigint primary key check (version >= 1),
    hash         bytea       not null unique check (octet_length(hash) = 32),
    founded      boolean     not null,
    signed       bytea       not null,
    learned_at   timestamptz not null,
    learned_from text        not null,
    entry        uuid        not null
);

-- Proof that members signed two rosters of one number. It is kept for ever.
create table assembly.equivocation (
    version      bigint      not null,
    hash         bytea       not null check (octet_length(hash) = 32),
    members      text[]      not null,
    proof        bytea       not null,
    learned_at   timestamptz not null,
    learned_from text        not null,
    primary key (version, hash)
);

-- What others did that they should not have: counted by day, so that nobody can fill the disk with it.
create table assembly.security_event (
    day      date        not null,
    kind     text        not null,
    peer     text        not null default '',
    code     text        not null default '' check (length(code) <= 64),
    subject  text        not null default '' check (length(subject) <= 200),
    count    bigint      not null check (count > 0),
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (day, kind, peer, code)
);
create index security_event_last on assembly.security_event (last_at);

create function assembly.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rosters and proofs stay as they are: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger roster_stays before update or delete on assembly.roster for each row execute function assembly.refuse_change();
create trigger equivocation_stays before update or delete on assembly.equivocation
    for each row execute function assembly.refuse_change();
