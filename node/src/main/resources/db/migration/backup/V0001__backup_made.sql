-- That backups were made, and that the node came back from one. What is in a backup its own manifest says.
create table backup.made (
    name        text primary key,
    at          timestamptz not null,
    finished_at timestamptz not null,
    size_bytes  bigint      not null,
    items       bigint      not null,
    damaged     integer     not null,
    entry       uuid        not null
);
create index made_newest on backup.made (at desc);

-- Returns from a backup (platform.restore) that are in the audit record.
create table backup.returned (
    number integer primary key,
    backup text not null,
    entry  uuid not null
);
