-- The audit entry of the act that destroyed the content of what came, so that its sender can be shown the proof.
alter table exchange.received add column gone_entry uuid;
