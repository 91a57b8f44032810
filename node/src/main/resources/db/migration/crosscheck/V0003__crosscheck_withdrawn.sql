-- What its originator took back is compared no more: its keys go, the row stays and says so, unless it was to be destroyed.
alter table crosscheck.received add column withdrawn_at timestamptz;
-- An originator's order to destroy a request reaches at once what else of its conversation is to be destroyed.
alter table crosscheck.leftover add column conversation text not null default '';
