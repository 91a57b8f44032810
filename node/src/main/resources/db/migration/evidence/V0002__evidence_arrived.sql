-- A member that has fetched an item says whether it has the whole; custody tells it.
alter table evidence.custody drop constraint custody_act_check;
alter table evidence.custody add constraint custody_act_check check (act in
    ('RECEIVED', 'VIEWED', 'EXPORTED', 'SENT', 'FETCHED', 'ARRIVED', 'ATTACHED', 'RESTRICTED', 'RELEASED', 'WRONG', 'DESTROYED'));
