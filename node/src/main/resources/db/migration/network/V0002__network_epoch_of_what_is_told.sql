-- In which epoch of its member another saw a head, and since when and through how many looks nothing that it told was proved.
alter table network.told
    add column epoch bigint  not null default 1 check (epoch >= 1),
    add column looks integer not null default 0;
