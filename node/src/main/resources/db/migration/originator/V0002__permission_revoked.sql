-- An originator may take its permission back before its end: what was granted, and used, stays on record beside it.
alter table originator.permission add column revoked_at timestamptz;

-- Permissions of ours that we took back, by the request that they answered; the message that says so, another one if it expired on its way.
create table originator.revocation (
    request    text primary key check (request ~ '^[0-9a-f]{32}$'),
    recipient  text        not null,
    message    text        not null check (message ~ '^[0-9a-f]{32}$'),
    by         text        not null,
    at         timestamptz not null,
    ends_at    timestamptz not null,
    entry      uuid        not null
);
create index revocation_ends on originator.revocation (ends_at);
