-- What one shift hands to the next, kept as it was signed.

create table bureau.handover (
    id          uuid primary key,
    -- Folded; empty for officers without a unit. The sheet lists what its unit may see, and so only its unit reads it.
    unit        text        not null,
    written_by  text        not null,
    given_to    text        not null,
    written_at  timestamptz not null,
    -- Sealed: the note, and which messages stood on the sheet, by id.
    sheet       bytea       not null,
    entry       uuid        not null,
    taken_at    timestamptz,
    taken_entry uuid,
    ends_at     timestamptz not null,
    check ((taken_at is null) = (taken_entry is null)),
    -- Nobody takes over from themselves.
    check (given_to <> written_by)
);
create index handover_of_unit on bureau.handover (unit, written_at desc);
create index handover_ends on bureau.handover (ends_at);
