-- Files under custody (ADR 0032). Content lies sealed in files at random addresses; what opens it stands in a table of its
-- own, so that it can be destroyed by itself and backed up by itself.

create table evidence.item (
    id            uuid primary key,
    -- The protocol's name of the file, by which peers fetch it. Random; says nothing.
    file_id       bytea       not null check (octet_length(file_id) = 16),
    address       text        not null unique check (address ~ '^[0-9a-f]{32}$'),
    state         text        not null check (state in ('EXPECTED', 'HELD', 'WRONG', 'DESTROYED')),
    size_bytes    bigint      not null check (size_bytes >= 0),
    chunks        integer     not null check (chunks between 1 and 70000),
    -- Chunks that are safely on disk, counted from the first without a gap.
    stored        integer     not null check (stored between 0 and chunks),
    -- SHA-256 of each sealed chunk, joined; gone with the content.
    chunk_hashes  bytea check (octet_length(chunk_hashes) = 32 * chunks),
    -- Keyed hash of the clear content's SHA-256: proves later which file it was to whoever shows that file.
    keyed_hash    bytea       not null check (octet_length(keyed_hash) = 32),
    originator    text        not null check (length(originator) between 1 and 64),
    -- The member who sent it; null if it was taken in here.
    sender        text check (length(sender) between 1 and 32),
    purpose       text        not null,
    -- The unit for whose officers alone it exists; null if for all who may read evidence.
    unit          text,
    -- What it belongs to: a kind and an id, for instance message/…; null while it belongs to nothing.
    belongs_to    text check (length(belongs_to) <= 200),
    received_at   timestamptz not null,
    keep_until    timestamptz not null,
    -- Since when it is closed as one that may show the abuse of a child, and by when the unit must have looked.
    restricted_at timestamptz,
    review_by     timestamptz,
    destroyed_at  timestamptz,
    check ((state = 'DESTROYED') = (destroyed_at is not null)),
    check ((restricted_at is null) = (review_by is null)),
    check (state = 'DESTROYED' or chunk_hashes is not null),
    check (state <> 'HELD' or stored = chunks)
);
create index item_by_file on evidence.item (file_id);
create index item_to_end on evidence.item (keep_until) where state <> 'DESTROYED';
create index item_expected on evidence.item (id) where state = 'EXPECTED';
create index item_restricted on evidence.item (review_by) where restricted_at is not null and state <> 'DESTROYED';

-- Key, name and kind of a file, sealed by the vault. To delete the row is to destroy the item.
create table evidence.secret (
    item   uuid primary key references evidence.item,
    sealed bytea not null
);

-- Who received, viewed, exported, sent and destroyed an item.
create table evidence.custody (
    item        uuid        not null references evidence.item,
    number      integer     not null check (number >= 1),
    at          timestamptz not null,
    act         text        not null check (act in
        ('RECEIVED', 'VIEWED', 'EXPORTED', 'SENT', 'FETCHED', 'ATTACHED', 'RESTRICTED', 'RELEASED', 'WRONG', 'DESTROYED')),
    actor_kind  text        not null,
    actor_id    text        not null,
    unit        text,
    purpose     text,
    -- The member on the other side, if there was one.
    counterpart text,
    -- Why: a word of a fixed list, never a sentence.
    reason      text check (length(reason) <= 40),
    -- What it was for: a kind and an id.
    reference   text check (length(reference) <= 200),
    entry       uuid        not null unique,
    primary key (item, number)
);

-- Files that must not stay: begun and not finished, or of items that were destroyed. Whoever begins a file notes it here first.
create table evidence.unfinished (
    address text primary key,
    since   timestamptz not null
);

create function evidence.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the custody log is append-only: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger custody_stays before update or delete on evidence.custody for each row execute function evidence.refuse_change();
create trigger custody_not_emptied before truncate on evidence.custody for each statement execute function evidence.refuse_change();
create trigger item_stays before delete on evidence.item for each row execute function evidence.refuse_change();
