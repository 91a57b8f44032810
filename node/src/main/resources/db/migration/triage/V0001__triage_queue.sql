-- The officers' queue: a row for every report that came one by one. What it shows of a report it asks of intake; here stands
-- only what the queue is sorted, filtered and guarded by.

create table triage.item (
    report_id    uuid primary key,
    received_at  timestamptz not null,
    category     text not null,
    country      text check (country ~ '^[A-Z]{2}$'),
    channel      text not null,
    -- Level: 1 immediate, 2 child, 3 money, 4 serious, 5 ordinary, 9 set aside.
    rank         smallint not null check (rank in (1, 2, 3, 4, 5, 9)),
    concerns     text[] not null,
    due_at       timestamptz not null,
    money_until  timestamptz,
    -- When time alone moves the report: money stops being fresh.
    changes_at   timestamptz,
    state        text not null check (state in ('NEW', 'OPEN', 'WAITING', 'DONE', 'MERGED')),
    -- The one unit that may see it, folded; empty if every officer may.
    closed_to    text not null default '' check (closed_to = lower(btrim(closed_to))),
    unit         text check (char_length(unit) between 1 and 200),
    officer      text,
    wants_female boolean not null,
    -- Who confirmed that a female officer works on it; the node keeps nobody's sex.
    female_by    text,
    wants_news   boolean not null,
    -- The reporter wrote and no officer has read it.
    heard_at     timestamptz,
    read_at      timestamptz,
    read_by      text,
    done_at      timestamptz,
    merged_into  uuid,
    check ((read_at is null) = (read_by is null)),
    check ((state in ('DONE', 'MERGED')) = (done_at is not null)),
    check ((state = 'MERGED') = (merged_into is not null)),
    check (merged_into is distinct from report_id)
);
-- One range of an index for each list, at any length: those that all may see, and those of one's own unit.
create index item_queue on triage.item (closed_to, rank, due_at, report_id) where state in ('NEW', 'OPEN');
create index item_by_category on triage.item (closed_to, category, rank, due_at, report_id) where state in ('NEW', 'OPEN');
create index item_by_unit on triage.item (closed_to, unit, rank, due_at, report_id)
    where state in ('NEW', 'OPEN') and unit is not null;
create index item_by_officer on triage.item (closed_to, officer, rank, due_at, report_id)
    where state in ('NEW', 'OPEN') and officer is not null;
create index item_waiting on triage.item (closed_to, rank, due_at, report_id) where state = 'WAITING';
create index item_done on triage.item (closed_to, done_at desc, report_id desc) where state in ('DONE', 'MERGED');
create index item_unread on triage.item (due_at) where state = 'NEW' and rank <= 3;
create index item_changing on triage.item (changes_at) where changes_at is not null and state in ('NEW', 'OPEN', 'WAITING');
create index item_merged on triage.item (merged_into) where merged_into is not null;

-- Which unit works on what, as data: the first that fits wins.
create table triage.rule (
    id         uuid primary key,
    position   integer not null,
    category   text,
    country    text check (country ~ '^[A-Z]{2}$'),
    -- Part of the place as reporters write it, folded; for instance marrakech.
    place      text check (char_length(place) between 2 and 100),
    -- Only if a child is concerned or the reporter is under 18.
    child      boolean not null,
    unit       text not null check (char_length(unit) between 1 and 200),
    -- Closes the report to that unit.
    closes     boolean not null
);
create index rule_in_order on triage.rule (position, id);

-- Letters that people agreed on. A row never changes; a better letter is a new one.
create table triage.template (
    id         uuid primary key,
    -- Name of one that comes with the product; null for the node's own.
    shipped    text unique,
    asks       boolean not null,
    author     text,
    written_at timestamptz not null,
    retired_at timestamptz
);
create table triage.template_text (
    template_id uuid not null references triage.template on delete cascade,
    language    text not null check (language in ('ar', 'fr', 'en', 'es')),
    title       text not null check (char_length(title) between 1 and 120),
    body        text not null check (char_length(body) between 1 and 4000),
    primary key (template_id, language)
);
-- Two reviewers, neither of them the author.
create table triage.template_review (
    template_id uuid not null references triage.template on delete cascade,
    officer     text not null,
    reviewed_at timestamptz not null,
    primary key (template_id, officer)
);
