-- Under which messages files went and came, and how far each is. Content and custody are in evidence, the messages in exchange.

create table attachment.sent (
    message    text        not null check (message ~ '^[0-9a-f]{32}$'),
    file       text        not null check (file ~ '^[0-9a-f]{32}$'),
    recipient  text        not null,
    item       uuid        not null,
    place      int         not null,
    size_bytes bigint      not null check (size_bytes >= 0),
    keep_until timestamptz not null,
    -- What the recipient said last; null until it says something.
    told       text check (told in ('WAITING', 'ARRIVING', 'COMPLETE', 'WRONG', 'REFUSED')),
    have       int         not null default 0,
    chunks     int         not null check (chunks >= 1),
    -- When its last chunk was read.
    fetched_at timestamptz,
    -- For a node that nobody can call and that brings its files itself.
    paused     text        not null default '' check (length(paused) <= 64),
    tries      int         not null default 0,
    next_try   timestamptz not null,
    -- From when it is given to nobody; the message's key to it is gone, or owed to go.
    ended_at   timestamptz,
    cleared_at timestamptz,
    primary key (message, file)
);
create index sent_served on attachment.sent (recipient, file) where ended_at is null;
create index sent_keep on attachment.sent (keep_until) where ended_at is null;
create index sent_item on attachment.sent (item);
create index sent_to_clear on attachment.sent (ended_at) where ended_at is not null and cleared_at is null;

create table attachment.received (
    sender     text        not null,
    message    text        not null check (message ~ '^[0-9a-f]{32}$'),
    file       text        not null check (file ~ '^[0-9a-f]{32}$'),
    item       uuid        not null,
    place      int         not null,
    size_bytes bigint      not null check (size_bytes >= 0),
    chunks     int         not null check (chunks >= 1),
    keep_until timestamptz not null,
    state      text        not null check (state in ('ASKED', 'WANTED', 'COMPLETE', 'WRONG', 'REFUSED')),
    -- Why it does not go on at the moment: a code; empty while it does.
    paused     text        not null default '' check (length(paused) <= 64),
    tries      int         not null default 0,
    next_try   timestamptz not null,
    -- Whether anything of it was fetched.
    begun      boolean     not null default false,
    -- Our officer who let it come or refused it.
    decided_by text,
    decided_at timestamptz,
    -- When its sender was told how it ended.
    told_at    timestamptz,
    ended_at   timestamptz,
    cleared_at timestamptz,
    primary key (sender, message, file),
    check ((decided_by is null) = (decided_at is null))
);
create index received_wanted on attachment.received (sender, size_bytes) where state = 'WANTED' and ended_at is null;
create index received_keep on attachment.received (keep_until) where ended_at is null;
create index received_item on attachment.received (item);
create index received_to_tell on attachment.received (next_try)
    where state in ('COMPLETE', 'WRONG', 'REFUSED') and told_at is null and ended_at is null;
create index received_to_clear on attachment.received (ended_at) where ended_at is not null and cleared_at is null;
