-- Imports of files: where each stands, and which rows came before. Both change in the transaction that stores the reports
-- of a batch, so a killed import goes on where it stopped and a repeated one adds nothing.

create table intake.import (
    id          uuid primary key,
    kind        text not null,
    source      text not null,
    -- SHA-256 of the whole file, and of the mapping and options it is read with.
    file_hash   bytea not null check (octet_length(file_hash) = 32),
    options_hash bytea not null check (octet_length(options_hash) = 32),
    started_at  timestamptz not null,
    updated_at  timestamptz not null,
    finished_at timestamptz,
    -- Data rows dealt with: stored, known before, or refused.
    rows_read   bigint not null default 0,
    stored      bigint not null default 0,
    known       bigint not null default 0,
    refused     bigint not null default 0,
    check (rows_read = stored + known + refused),
    unique (kind, source, file_hash, options_hash)
);

-- Keyed hash of source and row. Equal rows of one file count: a file of reports may tell the same thing twice and mean it.
create table intake.imported_row (
    row_mac     bytea primary key check (octet_length(row_mac) = 16),
    -- How often an import has stored the row.
    stored      integer not null check (stored >= 0),
    -- The import that met it last, and how often it has so far.
    seen_import uuid not null,
    seen        integer not null
);
