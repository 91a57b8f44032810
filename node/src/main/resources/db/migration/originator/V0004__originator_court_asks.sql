-- Before data of others goes to a court its originator is asked, unless this country sets otherwise: then its rule is the protocol's own.
alter table originator.rule drop constraint rule_rule_check;
alter table originator.rule add constraint rule_rule_check check (rule in ('ALLOWED', 'CONFIRM_REMARKS', 'ASK_ORIGINATOR'));
