-- What waits stands in small tables of its own. So a change of state touches no index of the long tables, and whoever looks for
-- what is due walks past nothing that is over. Rows of one module need no foreign keys: each would cost a look-up and a lock for
-- every message, and the statements that write them write both in one transaction.

create table exchange.waiting (
    id         text        primary key,
    serial     bigint      not null,
    recipient  text        not null,
    lane       text        not null check (lane in ('ORDINARY', 'CONTROL')),
    size       int         not null,
    sent_at    timestamptz not null,
    expires_at timestamptz not null,
    next_try   timestamptz not null,
    tries      int         not null default 0,
    reason     text        not null default '' check (length(reason) <= 64)
);
create index waiting_due on exchange.waiting (recipient, lane, serial);
create index waiting_expiring on exchange.waiting (expires_at);
insert into exchange.waiting (id, serial, recipient, lane, size, sent_at, expires_at, next_try, tries, reason)
    select id, serial, recipient, lane, size, sent_at, expires_at, next_try, tries, reason from exchange.sent where state = 'WAITING';
update exchange.sent set reason = '' where state = 'WAITING';

drop index exchange.sent_waiting;
drop index exchange.sent_expiring;
alter table exchange.sent drop constraint sent_serial_key, drop column next_try, drop column tries;
alter table exchange.sent set (fillfactor = 70);
alter table exchange.sent_content drop constraint sent_content_id_fkey;
alter table exchange.receipt drop constraint receipt_message_fkey, drop constraint receipt_batch_fkey;

create table exchange.held (
    sender       text   not null,
    conversation text   not null,
    lane         text   not null check (lane in ('ORDINARY', 'CONTROL')),
    epoch        bigint not null,
    sequence     bigint not null,
    id           text   not null,
    primary key (sender, conversation, lane, epoch, sequence)
);
insert into exchange.held (sender, conversation, lane, epoch, sequence, id)
    select sender, conversation, lane, epoch, sequence, id from exchange.received where state = 'HELD';

drop index exchange.received_held;
alter table exchange.received drop column serial;
alter table exchange.received set (fillfactor = 70);
alter table exchange.received_content drop constraint received_content_sender_id_fkey;
