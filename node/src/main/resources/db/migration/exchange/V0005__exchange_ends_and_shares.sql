-- A sentence ends with its message, at both ends (SAFEGUARDS S20). A batch of receipts is signed as a whole: its text names the
-- messages of ours of which sentences in it speak, and ends with the first of them. And what each sender brought today is counted.

alter table exchange.receipt_text add column messages text[];
update exchange.receipt_text t
    set messages = (select array_agg(distinct r.message) from exchange.receipt r where r.batch = t.batch);
-- Of no message of ours; or of one that has ended.
delete from exchange.receipt_text t
    where messages is null or exists (select from exchange.sent s where s.id = any (t.messages) and s.purged_at is not null);
alter table exchange.receipt_text alter column messages set not null;
create index receipt_text_messages on exchange.receipt_text using gin (messages);

update exchange.given g set sentence = null from exchange.received r
    where g.sentence is not null and r.sender = g.recipient and r.id = g.message and r.purged_at is not null;

-- Of its day alone: one row of a sender in each lane.
create table exchange.brought (
    sender   text   not null,
    lane     text   not null check (lane in ('ORDINARY', 'CONTROL')),
    day      date   not null,
    messages bigint not null,
    bytes    bigint not null,
    primary key (sender, lane)
);
