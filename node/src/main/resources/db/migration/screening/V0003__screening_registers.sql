-- Stolen and lost documents, and stolen vehicles. Nothing here names a person: numbers, countries, days, codes. This country's entries
-- have the source '' and are added and taken out by its officers alone; those of others come as whole lists under a name.

create table screening.document (
    id            uuid primary key,
    source        text not null check (source ~ '^[a-z0-9_]{0,40}$'),
    -- Capitals and digits.
    number        text not null check (char_length(number) between 4 and 40),
    kind          text not null check (kind in ('PASSPORT', 'IDENTITY_CARD', 'TRAVEL_DOCUMENT', 'VISA', 'RESIDENCE_PERMIT',
                      'DRIVING_LICENCE', 'VEHICLE_PAPERS', 'OTHER')),
    -- Who issued it, ISO 3166-1 alpha-2.
    country       text not null check (country ~ '^[A-Z]{2}$'),
    circumstances text not null check (circumstances in ('STOLEN', 'STOLEN_BLANK', 'LOST', 'REVOKED')),
    happened_on   date,
    -- Until when the document itself would be valid.
    expires_on    date,
    -- The issuer's file number.
    reference     text check (reference ~ '^[A-Z0-9][A-Z0-9/.-]{0,39}$'),
    added_at      timestamptz not null,
    ends_at       timestamptz not null check (ends_at > added_at),
    unique (source, country, kind, number)
);
create index document_by_number on screening.document (number);
create index document_ends on screening.document (ends_at);

create table screening.vehicle (
    id            uuid primary key,
    source        text not null check (source ~ '^[a-z0-9_]{0,40}$'),
    -- Number on the chassis, plate: letters and digits; at least one of them.
    vin           text check (char_length(vin) between 5 and 40),
    plate         text check (char_length(plate) between 3 and 20),
    -- Where it is registered, and whose police say that it was stolen.
    country       text not null check (country ~ '^[A-Z]{2}$'),
    make          text check (make ~ '^[A-Z0-9][A-Z0-9 .-]{0,39}$'),
    model         text check (model ~ '^[A-Z0-9][A-Z0-9 .-]{0,39}$'),
    happened_on   date,
    reference     text check (reference ~ '^[A-Z0-9][A-Z0-9/.-]{0,39}$'),
    added_at      timestamptz not null,
    ends_at       timestamptz not null check (ends_at > added_at),
    check (vin is not null or plate is not null)
);
create unique index vehicle_once on screening.vehicle (source, country, coalesce(vin, ''), coalesce(plate, ''));
create index vehicle_by_vin on screening.vehicle (vin) where vin is not null;
create index vehicle_by_plate on screening.vehicle (plate) where plate is not null;
create index vehicle_ends on screening.vehicle (ends_at);

-- Every act that changed a register, so that verify-audit finds one that nobody entered.
create table screening.register_change (
    entry      uuid primary key,
    subject    text not null,
    changed_at timestamptz not null
);
