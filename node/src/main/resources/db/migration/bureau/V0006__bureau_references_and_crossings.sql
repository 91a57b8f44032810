-- To which case or campaign a conversation belongs, and who of another unit may look into one that is closed to a unit (SAFEGUARDS S19).

-- Our own reference: sealed, stays here. The keyed hash finds the exact one.
alter table bureau.conversation add column reference bytea;
alter table bureau.conversation add column reference_hash bytea check (octet_length(reference_hash) = 32);
alter table bureau.conversation add check ((reference is null) = (reference_hash is null));
create index conversation_reference on bureau.conversation (reference_hash) where reference_hash is not null;
create index conversation_closed on bureau.conversation (closed_to) where closed_to <> '';

-- Theirs, as a message of theirs brought it; ends with that message.
create table bureau.their_reference (
    message uuid  primary key references bureau.message (id) on delete cascade,
    sealed  bytea not null,
    hash    bytea not null check (octet_length(hash) = 32)
);
create index their_reference_hash on bureau.their_reference (hash);

-- Each time that a conversation was closed to a unit or opened again after it had begun.
create table bureau.closure (
    entry        uuid        primary key,
    peer         text        not null,
    conversation text        not null,
    -- Folded; empty where it was opened to every officer of the bureau.
    unit         text        not null,
    by           text        not null,
    at           timestamptz not null,
    -- Sealed: why.
    reason       bytea       not null,
    foreign key (peer, conversation) references bureau.conversation (peer, id) on delete cascade
);
create index closure_of_conversation on bureau.closure (peer, conversation, at);

-- An officer asks to see what is closed to another unit. It names no conversation: whether one is meant is looked up by those who see it, so
-- that a question about nothing is stored, entered and answered like any other (SAFEGUARDS S21).
create table bureau.crossing (
    id       uuid        primary key,
    officer  text        not null,
    -- The officer's, folded; empty without one.
    unit     text        not null,
    -- What was named: the number of a message or conversation, or else a reference, as its keyed hash.
    name     text        check (name ~ '^[0-9a-f]{32}$'),
    hash     bytea       check (octet_length(hash) = 32),
    -- Sealed: why.
    reason   bytea       not null,
    asked_at timestamptz not null,
    ends_at  timestamptz not null,
    entry    uuid        not null,
    check ((name is null) <> (hash is null))
);
create index crossing_name on bureau.crossing (name) where name is not null;
create index crossing_hash on bureau.crossing (hash) where hash is not null;
create index crossing_officer on bureau.crossing (officer, asked_at);
create index crossing_ends on bureau.crossing (ends_at);

-- What a unit answered, of one conversation. Its asker learns of a grant alone.
create table bureau.crossing_answer (
    crossing     uuid        not null references bureau.crossing (id) on delete cascade,
    peer         text        not null,
    conversation text        not null,
    -- The unit to which it was closed: a grant ends when it is closed to another.
    unit         text        not null,
    by           text        not null,
    at           timestamptz not null,
    -- Null where it was refused or taken back.
    until        timestamptz,
    entry        uuid        not null,
    primary key (crossing, peer, conversation),
    foreign key (peer, conversation) references bureau.conversation (peer, id) on delete cascade
);
create index crossing_answer_of_conversation on bureau.crossing_answer (peer, conversation) where until is not null;
