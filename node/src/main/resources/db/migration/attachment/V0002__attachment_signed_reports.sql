-- The recipient's last word about a file of ours, as it signed it: the proof that the file arrived. It names members, an id and a time.
alter table attachment.sent add column report bytea;
