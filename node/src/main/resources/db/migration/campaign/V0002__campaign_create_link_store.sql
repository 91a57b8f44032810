-- The linking library's store: who holds what, and where each report stands. No pair of reports is stored anywhere.

-- Families and groups share these numbers.
CREATE SEQUENCE campaign.group_number AS bigint;

CREATE TABLE campaign.link_key (
    hash       bigint PRIMARY KEY,
    kind       text NOT NULL,
    label      text NOT NULL CHECK (length(label) <= 200),
    degree     integer NOT NULL CHECK (degree >= 0),
    listed     boolean NOT NULL,
    mark       text NOT NULL DEFAULT 'NONE' CHECK (mark IN ('NONE', 'SHARED', 'LINKS')),
    crowded    boolean NOT NULL DEFAULT false,
    rank_limit integer NOT NULL DEFAULT 2147483647,
    unsettled  boolean NOT NULL DEFAULT false,
    -- True if the key links nothing; the library's KeyState.shared() says the same.
    shared     boolean GENERATED ALWAYS AS (mark = 'SHARED' OR (mark = 'NONE' AND (listed OR crowded))) STORED
) WITH (fillfactor = 85);
CREATE INDEX link_key_unsettled ON campaign.link_key (hash) WHERE unsettled;

-- The order by rank makes a key's sample the first rows of a range.
CREATE TABLE campaign.edge (
    key    bigint NOT NULL,
    rank   integer NOT NULL,
    report bigint NOT NULL,
    PRIMARY KEY (key, rank, report)
);
CREATE INDEX edge_by_report ON campaign.edge (report, key);

CREATE TABLE campaign.placement (
    report       bigint PRIMARY KEY,
    family       bigint NOT NULL,
    group_number bigint NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX placement_by_family ON campaign.placement (family);
-- A page of a campaign reads its latest reports first.
CREATE INDEX placement_by_group ON campaign.placement (group_number, report DESC);

CREATE TABLE campaign.family (
    number    bigint PRIMARY KEY,
    size      integer NOT NULL CHECK (size > 0),
    decided   boolean NOT NULL,
    unsettled boolean NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX family_unsettled ON campaign.family (number) WHERE unsettled;

-- A split's sides or a join's two reports; the number is that of campaign.decision.
CREATE TABLE campaign.link_decision (
    decision bigint NOT NULL,
    join_it  boolean NOT NULL,
    side     "char" NOT NULL CHECK (side IN ('A', 'B')),
    report   bigint NOT NULL,
    PRIMARY KEY (decision, side, report)
);
CREATE INDEX link_decision_by_report ON campaign.link_decision (report);
