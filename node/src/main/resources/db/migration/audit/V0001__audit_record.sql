-- The record of every access and decision: details that retention may purge, and the leaves of a Merkle tree that
-- nothing may change (ADR 0004).

-- Details. A leaf commits to them by a salted hash, so that purged details cannot be guessed from what stays.
create table audit.entry (
    id          uuid primary key,
    commitment  bytea       not null check (octet_length(commitment) = 32),
    salt        bytea       not null check (octet_length(salt) = 32),
    began_at    timestamptz not null,
    recorded_at timestamptz not null,
    actor_kind  text        not null,
    actor_id    text        not null collate "C",
    unit        text,
    purpose     text,
    action      text        not null collate "C" check (length(action) between 1 and 100),
    subject     text        not null collate "C" check (length(subject) <= 300),
    outcome     text        not null check (outcome in ('DONE', 'REFUSED', 'FAILED')),
    problem     text,
    request     text
);
-- Ids are time-ordered, so each index also gives the newest first.
create index entry_actor on audit.entry (actor_id, id);
create index entry_action on audit.entry (action, id);
create index entry_subject on audit.entry (subject, id);

-- Committed entries that wait for their index. The commitment stands here too: a leaf is made even if the details vanish.
create table audit.pending (
    entry_id   uuid primary key,
    commitment bytea not null
);

create table audit.leaf (
    index      bigint primary key check (index >= 0),
    entry_id   uuid  not null unique,
    commitment bytea not null check (octet_length(commitment) = 32)
);

-- Roots of the perfect subtrees at every eighth level, so that a proof reads some hundred hashes, not the whole tree.
create table audit.subtree (
    level smallint not null check (level > 0 and level % 8 = 0),
    index bigint   not null check (index >= 0),
    root  bytea    not null check (octet_length(root) = 32),
    primary key (level, index)
);

create table audit.head (
    size    bigint primary key check (size > 0),
    root    bytea       not null check (octet_length(root) = 32),
    made_at timestamptz not null
);

-- Each purge of details, with the entry of the act: details that are missing without one were removed.
create table audit.purge (
    entry_id uuid primary key,
    before   timestamptz not null
);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit record is append-only: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create function audit.refuse_early_purge() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from audit.leaf where entry_id = old.id)
            or not exists (select 1 from audit.purge where before > old.recorded_at) then
        raise exception 'audit details go by a recorded purge only' using errcode = 'insufficient_privilege';
    end if;
    return old;
end $$;

create trigger entry_stays before update on audit.entry for each row execute function audit.refuse_change();
create trigger entry_purged before delete on audit.entry for each row execute function audit.refuse_early_purge();
create trigger entry_not_emptied before truncate on audit.entry for each statement execute function audit.refuse_change();
create trigger leaf_stays before update or delete on audit.leaf for each row execute function audit.refuse_change();
create trigger leaf_not_emptied before truncate on audit.leaf for each statement execute function audit.refuse_change();
create trigger subtree_stays before update or delete on audit.subtree for each row execute function audit.refuse_change();
create trigger head_stays before update or delete on audit.head for each row execute function audit.refuse_change();
create trigger head_not_emptied before truncate on audit.head for each statement execute function audit.refuse_change();
create trigger purge_stays before update or delete on audit.purge for each row execute function audit.refuse_change();
