-- That this database came out of a backup, and of which time: who tells others what this node did must tell them too that
-- it forgot what came after (docs/protocol.md section 6). One row for each restore, in their order.
CREATE TABLE platform.restore (
    number      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    backup      text        NOT NULL UNIQUE,
    backup_at   timestamptz NOT NULL,
    restored_at timestamptz NOT NULL CHECK (restored_at >= backup_at)
);
