-- Before data of others goes to a court its originator is asked, unless this country sets otherwise: then its rule is the protocol's own.
alter table originator.rule drop constraint rule_rule_check;
alter table originator.rule add constraint rule_rule_check check (rule in ('ALLOWED', 'CONFIRM_REMARKS', 'ASK_ORIGINATOR'));

-- An order or revocation that expired on its way and cannot go again now waits, and holds up no other.
alter table originator.given add column next_try timestamptz not null default '-infinity';
alter table originator.revocation add column next_try timestamptz not null default '-infinity';

-- Lists go by id, which is by time.
drop index originator.given_at;

-- The audit entry of the act that had destroyed the content before it was ordered; the answer proves it.
alter table originator.taken add column gone_entry uuid;

-- For which purpose an officer reads what came for another one; empty of a confirmation of the remarks.
alter table originator.confirmation add column purpose text not null default '';
alter table originator.confirmation drop constraint confirmation_pkey;
alter table originator.confirmation add primary key (officer, peer, name, act, purpose);

-- For which purpose the originator was asked; null of questions from before, which were asked for the purpose for which the data came.
alter table originator.permission add column purpose text;
