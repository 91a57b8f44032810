-- When an order that found nothing, or was not let do what it ordered, is looked at again; null if nothing of it changed since the last look.
alter table originator.taken add column look_at timestamptz;
update originator.taken set look_at = now() where outcome in ('NOT_HELD', 'REFUSED');
create index taken_look on originator.taken (look_at) where look_at is not null;
drop index originator.taken_not_held;
