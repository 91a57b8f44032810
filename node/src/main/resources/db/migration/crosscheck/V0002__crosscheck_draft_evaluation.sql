-- The officer who answers grades source and information: the source's letter, a blank, the name of the grade; empty for neither.
alter table crosscheck.draft add column evaluation text not null default ''
    check (evaluation = '' or evaluation ~ '^[ABCX] (ACCURATE|KNOWN_TO_SOURCE|CORROBORATED|UNCORROBORATED)$');
