-- Declarations by which members, and we, came back from a backup, as they were signed; and of what waits its epoch, for an older
-- one goes first.

create table exchange.opening (
    member    text        not null,
    epoch     bigint      not null check (epoch >= 2),
    hash      bytea       not null check (octet_length(hash) = 32),
    signed    bytea       not null,
    opened_at timestamptz not null,
    backup_at timestamptz not null,
    noted_at  timestamptz not null,
    -- Of ours: the return that it declares (platform.restore).
    restore   int,
    primary key (member, epoch)
);

-- Which of our declarations a member has.
create table exchange.opening_told (
    recipient text   primary key,
    epoch     bigint not null
);

alter table exchange.waiting add column conversation text, add column epoch bigint;
update exchange.waiting w set conversation = s.conversation, epoch = s.epoch from exchange.sent s where s.id = w.id;
alter table exchange.waiting alter column conversation set not null, alter column epoch set not null;
drop index exchange.waiting_due;
create index waiting_due on exchange.waiting (recipient, lane, epoch, serial);
