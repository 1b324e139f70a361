-- Which try has a segment, or moves a call, in hand, and since when. When a node has lost the broker, another gets its
-- event while the first may still wait for an answer of Twilio: it goes on once that request must have ended.
alter table segment add column tried_by varchar(64);
alter table segment add column tried_at timestamp with time zone;
alter table handoff add column moving_by varchar(64);
alter table handoff add column moving_at timestamp with time zone;
