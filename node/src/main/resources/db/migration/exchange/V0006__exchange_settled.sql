-- With whom it is settled what was ordered since the backup from which we came back: until then that member's data wait.

create table exchange.settled (
    member  text        not null,
    -- The return (platform.restore).
    restore int         not null,
    at      timestamptz not null,
    -- Of an officer who went on without the member's word: who, why, and the entry.
    by      text,
    reason  bytea,
    entry   uuid,
    primary key (member, restore),
    check ((by is null) = (entry is null) and (by is null) = (reason is null))
);

-- Whoever was told before this release has sent again what it had ordered.
insert into exchange.settled (member, restore, at)
select t.recipient, max(o.restore), now() from exchange.opening_told t
join exchange.opening o on o.restore is not null and o.epoch <= t.epoch group by t.recipient;
