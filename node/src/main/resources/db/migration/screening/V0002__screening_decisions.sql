-- What officers decide about possible matches, and what a list is in law. Texts about people are sealed by the vault under a key of
-- each row; what must be compared is a keyed hash.

alter table screening.list add column standing text not null default 'FOREIGN_LIST'
    check (standing in ('UN_SECURITY_COUNCIL', 'FOREIGN_LIST', 'OWN_WARRANT', 'RED', 'BLUE', 'GREEN', 'YELLOW', 'SILVER'));
update screening.list set standing = 'UN_SECURITY_COUNCIL' where format = 'un-xml';
alter table screening.list alter column standing drop default;
-- Lists of this node's own modules come in no file.
alter table screening.list drop constraint list_format_check;
alter table screening.list add constraint list_format_check check (format in ('un-xml', 'ofac-csv', 'ftm-json', 'own'));

-- Asked and entry were compared and are not the same. Holds until one of them changes, or for a year.
create table screening.dismissal (
    id           uuid primary key,
    -- Keyed hash of what was asked.
    asked        bytea not null check (octet_length(asked) = 32),
    entity       text not null,
    -- The entry as it was compared.
    digest       bytea not null check (octet_length(digest) = 32),
    reason       text not null check (reason in ('BIRTH', 'LOOKS', 'BIOMETRICS', 'NUMBER', 'NAME', 'BUREAU')),
    dismissed_by text not null,
    unit         text,
    dismissed_at timestamptz not null,
    ends_at      timestamptz not null,
    entry        uuid not null,
    unique (entity, digest, asked)
);
create index dismissal_ends on screening.dismissal (ends_at);

-- A possible match that an officer compared and confirmed (S1). It goes to the own bureau and no further before the bureau has
-- decided (S2).
create table screening.hit (
    id             uuid primary key,
    entity         text not null,
    standing       text not null,
    -- Sealed: what was asked, the entry as it was, what spoke for it, the place, the officer's words.
    content        bytea not null,
    confirmed_by   text not null,
    unit           text,
    confirmed_at   timestamptz not null,
    entry          uuid not null,
    state          text not null check (state in ('WAITING', 'RELEASED', 'RELEASED_WITHOUT_PLACE', 'WITHHELD')),
    -- Sealed: the protection check and the reason. Never leaves the node.
    decision       bytea,
    decided_by     text,
    decided_at     timestamptz,
    decision_entry uuid,
    ends_at        timestamptz not null,
    check ((state = 'WAITING') = (decision is null)),
    check ((state = 'WAITING') = (decided_by is null)),
    check ((state = 'WAITING') = (decided_at is null)),
    check ((state = 'WAITING') = (decision_entry is null)),
    -- Nobody releases what they confirmed themselves.
    check (decided_by is distinct from confirmed_by)
);
create index hit_waiting on screening.hit (confirmed_at, id) where state = 'WAITING';
create index hit_latest on screening.hit (confirmed_at desc, id desc);
create index hit_of_officer on screening.hit (confirmed_by, confirmed_at desc);
create index hit_ends on screening.hit (ends_at);

-- "Not this person" (S6): somebody who was taken for an entry agreed to be told apart from it, for a time.
create table screening.distinction (
    id       uuid primary key,
    entity   text not null,
    -- Keyed hashes of the person's document numbers.
    numbers  bytea[] not null check (cardinality(numbers) between 1 and 10),
    -- Keyed hash of the code on the person's paper.
    code     bytea not null unique check (octet_length(code) = 32),
    -- Sealed: name, birth, documents, the code, how and when the person agreed.
    content  bytea not null,
    made_by  text not null,
    made_at  timestamptz not null,
    ends_at  timestamptz not null check (ends_at > made_at),
    entry    uuid not null
);
create index distinction_of_entity on screening.distinction (entity);
create index distinction_ends on screening.distinction (ends_at);
