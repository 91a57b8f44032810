-- Agreements and the catalogue of offences as documents: every change is a new row, so that it can be shown what stood on any day.

create table agreement.revision (
    serial          bigint generated always as identity primary key,
    subject         text not null check (subject in ('AGREEMENT', 'OFFENCE')),
    code            text not null check (code ~ '^[a-z][a-z0-9]*([.-][a-z0-9]+)*$' and char_length(code) <= 64),
    document        jsonb not null check (document ->> 'code' = code),
    made_at         timestamptz not null,
    -- Null for what the product ships.
    made_by         text,
    shipped_version integer,
    -- The entry of the audit record, and what it is about: the row's own code, or the file that held it.
    entry           uuid not null,
    entry_subject   text not null,
    check ((made_by is null) = (shipped_version is not null))
);
create index revision_latest on agreement.revision (subject, code, serial desc);
