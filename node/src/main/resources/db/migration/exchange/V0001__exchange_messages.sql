-- What we send and receive: messages sealed by the vault apart from what routing and proof need, receipts, places in the order.

-- The last sequence used in each order of ours; its row is locked by whoever sends next in it.
create table exchange.sequence (
    recipient    text   not null,
    conversation text   not null,
    lane         text   not null check (lane in ('ORDINARY', 'CONTROL')),
    epoch        bigint not null check (epoch >= 1),
    last         bigint not null check (last >= 1),
    primary key (recipient, conversation, lane, epoch)
);

-- The outbox. A row is written in the transaction of the act that sends.
create table exchange.sent (
    id             text primary key check (id ~ '^[0-9a-f]{32}$'),
    serial         bigint generated always as identity unique,
    hash           bytea       not null check (octet_length(hash) = 32),
    recipient      text        not null,
    conversation   text        not null check (conversation ~ '^[0-9a-f]{32}$'),
    lane           text        not null check (lane in ('ORDINARY', 'CONTROL')),
    epoch          bigint      not null check (epoch >= 1),
    sequence       bigint      not null check (sequence >= 1),
    content_type   text        not null,
    content_format int         not null,
    size           int         not null check (size > 0),
    sent_at        timestamptz not null,
    expires_at     timestamptz not null check (expires_at > sent_at),
    keep_until     timestamptz not null,
    state          text        not null default 'WAITING'
        check (state in ('WAITING', 'SKIPPED', 'DELIVERED', 'ACCEPTED', 'REFUSED')),
    tries          int         not null default 0,
    next_try       timestamptz not null,
    reason         text        not null default '' check (length(reason) <= 64),
    purged_at      timestamptz,
    entry          uuid        not null,
    unique (recipient, conversation, lane, epoch, sequence)
);
create index sent_waiting on exchange.sent (recipient, lane, serial) where state = 'WAITING';
create index sent_expiring on exchange.sent (expires_at) where state = 'WAITING';
create index sent_keep on exchange.sent (keep_until) where purged_at is null;

-- The SignedData, signed once, sealed by the vault. Goes when it is purged.
create table exchange.sent_content (
    id     text primary key references exchange.sent (id),
    sealed bytea not null
);

create table exchange.received (
    sender         text        not null,
    id             text        not null check (id ~ '^[0-9a-f]{32}$'),
    serial         bigint generated always as identity unique,
    hash           bytea check (octet_length(hash) = 32),
    keyed_hash     bytea       not null check (octet_length(keyed_hash) = 32),
    conversation   text,
    lane           text check (lane in ('ORDINARY', 'CONTROL')),
    epoch          bigint,
    sequence       bigint,
    content_type   text        not null default '',
    content_format int         not null default 0,
    sent_at        timestamptz,
    keep_until     timestamptz,
    received_at    timestamptz not null,
    state          text        not null check (state in ('HELD', 'ACCEPTED', 'REFUSED')),
    refusal        text        not null default '' check (length(refusal) <= 64 and (state = 'REFUSED') = (refusal <> '')),
    decided_at     timestamptz,
    purged_at      timestamptz,
    primary key (sender, id),
    unique (sender, conversation, lane, epoch, sequence),
    check ((state = 'HELD') = (decided_at is null)),
    check (state = 'REFUSED' or sequence is not null)
);
create index received_held on exchange.received (sender, conversation, lane, epoch, sequence) where state = 'HELD';
create index received_keep on exchange.received (keep_until) where purged_at is null;

create table exchange.received_content (
    sender text not null,
    id     text not null,
    sealed bytea not null,
    primary key (sender, id),
    foreign key (sender, id) references exchange.received (sender, id)
);

-- The place that is awaited next in each order of a sender.
create table exchange.awaited (
    sender       text   not null,
    conversation text   not null,
    lane         text   not null,
    epoch        bigint not null,
    next         bigint not null,
    primary key (sender, conversation, lane)
);

-- Places that the sender gave up.
create table exchange.skipped (
    sender       text   not null,
    conversation text   not null,
    lane         text   not null,
    epoch        bigint not null,
    sequence     bigint not null,
    primary key (sender, conversation, lane, epoch, sequence)
);

-- What we say of messages: of received ones to their sender, of sent ones (SKIPPED) to their recipient. One of each state, for ever.
create table exchange.given (
    number       bigint generated always as identity primary key,
    recipient    text        not null,
    message      text        not null,
    hash         bytea       not null check (octet_length(hash) = 32),
    state        text        not null check (state in ('DELIVERED', 'ACCEPTED', 'REFUSED', 'ACTED', 'SKIPPED')),
    at           timestamptz not null,
    refusal      text        not null default '',
    sentence     bytea,
    conversation text,
    lane         text,
    epoch        bigint,
    sequence     bigint,
    given_at     timestamptz,
    unique (recipient, message, state),
    check ((state = 'SKIPPED') = (conversation is not null))
);
create index given_waiting on exchange.given (recipient, number) where given_at is null;

-- What a member that collects was last offered, until it says that it has it.
create table exchange.offered (
    recipient text primary key,
    hash      bytea    not null,
    numbers   bigint[] not null
);

-- Receipts of others as they signed them: the proof. Those with a sentence are sealed by the vault.
create table exchange.receipt_batch (
    number      bigint generated always as identity primary key,
    member      text        not null,
    signed      bytea,
    received_at timestamptz not null,
    hash        bytea       not null unique
);
create table exchange.receipt_text (
    batch  bigint primary key references exchange.receipt_batch (number),
    sealed bytea not null
);
create table exchange.receipt (
    message text        not null references exchange.sent (id),
    state   text        not null check (state in ('DELIVERED', 'ACCEPTED', 'REFUSED', 'ACTED')),
    at      timestamptz not null,
    refusal text        not null default '',
    batch   bigint      not null references exchange.receipt_batch (number),
    primary key (message, state)
);

-- How far the receipts of members from which we collect are stored.
create table exchange.collected (
    member text primary key,
    hash   bytea not null
);
