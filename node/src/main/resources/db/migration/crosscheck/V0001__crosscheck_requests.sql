-- Campaigns compared with those of other members. The messages themselves lie in the exchange, once; here stands which campaign was asked about, what to
-- look for on behalf of whom, and what was answered. All of it ends with the request (SAFEGUARDS S20).

-- What we asked: one row a member.
create table crosscheck.asked (
    peer         text        not null,
    conversation text        not null check (conversation ~ '^[0-9a-f]{32}$'),
    -- How both sides call the request.
    message      text        not null check (message ~ '^[0-9a-f]{32}$'),
    campaign     bigint      not null,
    traces       integer     not null check (traces > 0),
    legal_basis  text        not null,
    asked_by     text        not null,
    asked_at     timestamptz not null,
    due_at       timestamptz not null,
    ends_at      timestamptz not null,
    -- The latest answer; what it says is read in the exchange.
    answer       text check (answer ~ '^[0-9a-f]{32}$'),
    answered_at  timestamptz,
    changes      bigint      not null default 1,
    entry        uuid        not null,
    primary key (peer, conversation),
    check ((answer is null) = (answered_at is null))
);
create index asked_of_campaign on crosscheck.asked (campaign);
create index asked_ends on crosscheck.asked (ends_at);

-- What others ask us.
create table crosscheck.received (
    peer         text        not null,
    conversation text        not null check (conversation ~ '^[0-9a-f]{32}$'),
    message      text        not null check (message ~ '^[0-9a-f]{32}$'),
    purpose      text        not null,
    legal_basis  text        not null,
    offence      text        not null default '',
    traces       integer     not null check (traces > 0),
    urgency      text        not null check (urgency in ('URGENT', 'PRIORITY', 'ROUTINE')),
    received_at  timestamptz not null,
    due_at       timestamptz not null,
    ends_at      timestamptz not null,
    unread       boolean     not null default true,
    -- Our latest answer, and up to which report of ours it was looked when it was written.
    answer       text check (answer ~ '^[0-9a-f]{32}$'),
    answered_by  text,
    answered_at  timestamptz,
    looked_by    text,
    up_to        bigint      not null default 0,
    answer_entry uuid,
    changes      bigint      not null default 1,
    primary key (peer, conversation),
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)
        and (answer is null) = (answer_entry is null)),
    -- Nobody gives the second look to their own words.
    check (looked_by is distinct from answered_by or looked_by is null)
);
create index received_due on crosscheck.received (due_at, peer, conversation);
create index received_ends on crosscheck.received (ends_at);

-- By which of our keys its traces would be held; what was sent itself lies sealed in the exchange.
create table crosscheck.wanted (
    peer         text   not null,
    conversation text   not null,
    key          bigint not null,
    kind         text   not null,
    primary key (peer, conversation, key),
    foreign key (peer, conversation) references crosscheck.received (peer, conversation) on delete cascade
);
create index wanted_key on crosscheck.wanted (key);

-- An answer that waits for the second look, or came back from it: one a request.
create table crosscheck.draft (
    peer         text        not null,
    conversation text        not null,
    id           uuid        not null unique,
    state        text        not null check (state in ('LOOK', 'RETURNED')),
    author       text        not null,
    at           timestamptz not null,
    up_to        bigint      not null,
    legal_basis  text        not null,
    codes        text        not null,
    -- Sealed: the answer as it would leave, and why it came back.
    answer       bytea       not null,
    remark       bytea,
    entry        uuid        not null,
    primary key (peer, conversation),
    foreign key (peer, conversation) references crosscheck.received (peer, conversation) on delete cascade,
    check ((remark is null) = (state = 'LOOK'))
);

-- How much each member asks. Outlives what is withdrawn, or asking and withdrawing in turn would have no bound; counts alone.
create table crosscheck.pace (
    peer     text        not null,
    at       timestamptz not null,
    traces   integer     not null check (traces >= 0),
    refused  boolean     not null
);
create index pace_of_peer on crosscheck.pace (peer, at);

-- Messages whose request is over and whose content the exchange still has.
create table crosscheck.leftover (
    peer    text    not null,
    message text    not null,
    ours    boolean not null,
    since   timestamptz not null,
    primary key (peer, message, ours)
);
