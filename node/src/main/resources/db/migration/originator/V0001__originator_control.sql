-- What originators let us do with their data, what they ordered about it, and what we ordered about ours. The messages lie in the exchange, once.

-- Where this country is stricter than the protocol's own table of acts and handling codes.
create table originator.rule (
    act        text        not null check (act in ('VIEW', 'PRINT', 'EXPORT', 'COURT_BUNDLE', 'ONWARD_SHARE')),
    code       text        not null check (code in ('H0', 'H1', 'H2', 'H3')),
    rule       text        not null check (rule in ('CONFIRM_REMARKS', 'ASK_ORIGINATOR')),
    changed_by text        not null,
    changed_at timestamptz not null,
    entry      uuid        not null,
    primary key (act, code)
);

-- Which originator's message stands in what others shared onward with us.
create table originator.enclosed (
    peer       text  not null,
    name       text  not null check (name ~ '^[0-9a-f]{32}$'),
    originator text  not null,
    target     text  not null check (target ~ '^[0-9a-f]{32}$'),
    hash       bytea not null check (octet_length(hash) = 32),
    primary key (peer, name)
);
create index enclosed_target on originator.enclosed (target);

-- What of others' data we shared onward, so that orders can be passed on.
create table originator.share (
    name         text primary key check (name ~ '^[0-9a-f]{32}$'),
    recipient    text        not null,
    conversation text        not null,
    legal_basis  text        not null,
    originator   text        not null,
    target       text        not null,
    hash         bytea       not null check (octet_length(hash) = 32),
    shared_at    timestamptz not null,
    entry        uuid        not null
);
create index share_target on originator.share (target);

-- An officer read the originator's remarks and says that an act respects them.
create table originator.confirmation (
    officer text        not null,
    peer    text        not null,
    name    text        not null,
    act     text        not null,
    at      timestamptz not null,
    entry   uuid        not null,
    primary key (officer, peer, name, act)
);

-- What we asked originators, and what they said.
create table originator.permission (
    request      text primary key check (request ~ '^[0-9a-f]{32}$'),
    request_hash bytea       not null check (octet_length(request_hash) = 32),
    originator   text        not null,
    target       text        not null,
    hash         bytea       not null check (octet_length(hash) = 32),
    act          text        not null,
    recipient    text        not null default '',
    asked_by     text        not null,
    asked_at     timestamptz not null,
    outcome      text check (outcome in ('GRANTED', 'GRANTED_ONCE', 'REFUSED')),
    until_at     timestamptz,
    answered_at  timestamptz,
    used_at      timestamptz,
    check ((act = 'ONWARD_SHARE') = (recipient <> '')),
    check ((outcome is null) = (answered_at is null))
);
create index permission_target on originator.permission (target, act);

-- What may not be destroyed here, because proceedings need it; the sentence is told to an originator that orders it purged.
create table originator.hold (
    peer     text        not null,
    name     text        not null,
    sentence bytea,
    by       text        not null,
    at       timestamptz not null,
    entry    uuid        not null,
    primary key (peer, name)
);

-- Orders that we gave about data of our own.
create table originator.given (
    id           uuid primary key,
    kind         text        not null check (kind in ('RECALL', 'CORRECTION', 'PURGE')),
    target       text        not null,
    hash         bytea       not null check (octet_length(hash) = 32),
    recipient    text        not null,
    conversation text        not null,
    -- The one unit that sees it, folded; empty for every officer of the bureau.
    closed_to    text        not null,
    reason       bytea,
    by           text        not null,
    at           timestamptz not null,
    ends_at      timestamptz not null,
    entry        uuid        not null
);
create index given_at on originator.given (at desc, id);
create index given_target on originator.given (target);
create index given_ends on originator.given (ends_at);

-- The message that carries an order; another one if it expired on its way.
create table originator.given_message (
    name    text primary key,
    hash    bytea       not null check (octet_length(hash) = 32),
    given   uuid        not null references originator.given (id) on delete cascade,
    sent_at timestamptz not null
);
create index given_message_of on originator.given_message (given, sent_at);

-- Who said what about it. The words stand in the message that answers.
create table originator.given_answer (
    given      uuid        not null references originator.given (id) on delete cascade,
    holder     text        not null,
    outcome    text        not null check (outcome in ('OBEYED', 'NOT_HELD', 'REFUSED')),
    done_at    timestamptz not null,
    passed_to  text[]      not null,
    peer       text        not null,
    name       text        not null,
    came_at    timestamptz not null,
    primary key (given, holder)
);

-- Orders of others about their data, by the message that brought them. What came of it waits to be answered.
create table originator.taken (
    peer         text        not null,
    name         text        not null check (name ~ '^[0-9a-f]{32}$'),
    conversation text        not null,
    legal_basis  text        not null,
    originator   text        not null,
    first_name   text        not null,
    first_hash   bytea       not null check (octet_length(first_hash) = 32),
    kind         text        not null check (kind in ('RECALL', 'CORRECTION', 'PURGE')),
    target       text        not null,
    hash         bytea       not null check (octet_length(hash) = 32),
    taken_at     timestamptz not null,
    ends_at      timestamptz not null,
    outcome      text        not null check (outcome in ('OBEYED', 'NOT_HELD', 'REFUSED')),
    done_at      timestamptz not null,
    sentence     bytea,
    passed_to    text[]      not null default '{}',
    statement    bytea check (octet_length(statement) = 32),
    entry        uuid,
    answer       text,
    tries        int         not null default 0,
    next_try     timestamptz not null,
    primary key (peer, name),
    check ((statement is null) = (entry is null)),
    check (answer is null or statement is not null)
);
create index taken_target on originator.taken (target);
create index taken_first on originator.taken (first_name);
create index taken_open on originator.taken (next_try) where answer is null;
create index taken_not_held on originator.taken (taken_at) where outcome = 'NOT_HELD';
create index taken_ends on originator.taken (ends_at);

-- Messages of others that we hand on as they are: orders to whom we shared with, answers and permissions to whom they concern.
create table originator.passing (
    peer         text        not null,
    name         text        not null,
    recipient    text        not null,
    conversation text        not null,
    lane         text        not null check (lane in ('ORDINARY', 'CONTROL')),
    legal_basis  text        not null,
    since        timestamptz not null,
    message      text,
    failure      text        not null default '',
    tries        int         not null default 0,
    next_try     timestamptz not null,
    primary key (peer, name, recipient)
);
create index passing_open on originator.passing (next_try) where message is null;
