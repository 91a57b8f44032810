-- What has not been opened, what was reminded of, and what did not arrive must be found without asking the exchange about every message.

-- Of what came: when an officer of ours first opened it.
alter table bureau.message add column read_at timestamptz;
-- The latest reminder of it, ours or theirs.
alter table bureau.message add column reminded_at timestamptz;
-- Of what went: when it was known that its recipient has it, or that it never will.
alter table bureau.message add column settled_at timestamptz;
-- Of what went: that its recipient's node did not take it, or that it did not arrive in time.
alter table bureau.message add column failed boolean not null default false;
-- Of what is ours: the subject of its audit entry; null of what was written before this was kept, whose subject is its conversation.
alter table bureau.message add column entered text;
alter table bureau.message add check (not failed or settled_at is not null);
alter table bureau.message add check (entered is null or entry is not null);
alter table bureau.message add check (read_at is null or author is null);
alter table bureau.message add check (settled_at is null or author is not null);
alter table bureau.message add check (reminded_at is null or due_at is not null);

-- Where a conversation has nothing new, all of it was opened.
update bureau.message m set read_at = c.latest_at from bureau.conversation c
    where c.peer = m.peer and c.id = m.conversation and not c.unread and m.state = 'RECEIVED';

create index message_unread on bureau.message (at) where state = 'RECEIVED' and read_at is null;
create index message_unsettled on bureau.message (id) where state = 'SENT' and settled_at is null;
create index message_failed on bureau.message (settled_at) where failed;
