-- What the bureau says to other members and hears from them. The messages themselves lie in the exchange, once; here stand the conversations, what
-- waits for an answer, what waits for a second look, and what people did. Texts are sealed by the vault.

-- Named by the peer and an id that both sides know: another member cannot get into it by repeating the id.
create table bureau.conversation (
    peer        text        not null,
    id          text        not null check (id ~ '^[0-9a-f]{32}$'),
    -- Sealed; what the conversation is about, in its first message's words.
    subject     bytea       not null,
    purpose     text        not null,
    legal_basis text        not null,
    offence     text        not null default '',
    -- The one unit that sees it, folded; empty for every officer of the bureau.
    closed_to   text        not null default '',
    -- Null if the peer opened it.
    opened_by   text,
    opened_at   timestamptz not null,
    latest_at   timestamptz not null,
    unread      boolean     not null,
    -- Grows with whatever a page would show otherwise.
    changes     bigint      not null default 1,
    primary key (peer, id)
);
create index conversation_latest on bureau.conversation (latest_at desc, peer, id);

create table bureau.message (
    id           uuid primary key,
    peer         text        not null,
    conversation text        not null,
    state        text        not null check (state in ('LOOK', 'RETURNED', 'SENT', 'RECEIVED')),
    type         text        not null,
    -- How both sides call it; null until it is sent.
    name         text check (name ~ '^[0-9a-f]{32}$'),
    -- Our officer, of what is ours.
    author       text,
    at           timestamptz not null,
    -- Set where an answer or feedback is awaited.
    urgency      text check (urgency in ('URGENT', 'PRIORITY', 'ROUTINE')),
    due_at       timestamptz,
    answered_at  timestamptz,
    -- The second look (SAFEGUARDS S11).
    looked_by    text,
    looked_at    timestamptz,
    look_entry   uuid,
    -- For what came: what an officer of ours did; for what went: that its recipient did something.
    acted_by     text,
    acted_at     timestamptz,
    ends_at      timestamptz not null,
    entry        uuid,
    foreign key (peer, conversation) references bureau.conversation (peer, id),
    check ((name is null) = (state in ('LOOK', 'RETURNED'))),
    check ((author is null) = (state = 'RECEIVED')),
    check ((entry is null) = (state = 'RECEIVED')),
    check ((due_at is null) = (urgency is null)),
    check ((looked_by is null) = (looked_at is null) and (looked_by is null) = (look_entry is null)),
    -- Nobody releases their own words.
    check (looked_by is distinct from author or looked_by is null)
);
-- A peer may give a message of its own the name of one of ours.
create unique index message_name on bureau.message (peer, name, (author is null));
create index message_of_conversation on bureau.message (peer, conversation, at, id);
create index message_open on bureau.message (peer, conversation) where due_at is not null and answered_at is null;
create index message_look on bureau.message (peer, conversation) where state in ('LOOK', 'RETURNED');
create index message_ends on bureau.message (ends_at);

-- Sealed: a draft while it waits for the second look, why it was returned, what an officer did.
create table bureau.message_text (
    message uuid  not null references bureau.message (id) on delete cascade,
    part    text  not null check (part in ('draft', 'remark', 'deed')),
    sealed  bytea not null,
    primary key (message, part)
);
