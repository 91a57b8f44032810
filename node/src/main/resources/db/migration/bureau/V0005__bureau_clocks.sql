-- The clock of a question of ours begins when its recipient accepts it; until then it is awaited and has no deadline.

-- How long its recipient has from then on; null where the message itself gives the date, and of what came.
alter table bureau.message add column within_seconds bigint check (within_seconds >= 0);
alter table bureau.message drop constraint message_check3;
alter table bureau.message add check ((urgency is null) = (due_at is null and within_seconds is null));
alter table bureau.message add check (within_seconds is null or author is not null);

drop index bureau.message_open;
create index message_open on bureau.message (peer, conversation) where urgency is not null and answered_at is null;

-- What comes names our messages, whoever got them: it is closed to the unit that keeps them to itself.
create index message_ours on bureau.message (name) where author is not null;
