-- Two lists may follow the same one: the one with the highest number counts, the others are set aside with all that follows them and stay known. So a
-- number may stand twice, and the order is that of learning.
alter table assembly.roster drop constraint roster_pkey;
alter table assembly.roster add column place bigint generated always as identity primary key;
