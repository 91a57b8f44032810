-- Which node key sealed what is in this database: a home restored with another key must be refused at the start, not at
-- the first sealed row that somebody opens. One row; a keyed hash tells nothing about the key.
CREATE TABLE platform.node_key (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32)
);
