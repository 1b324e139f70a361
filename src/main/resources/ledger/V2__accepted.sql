-- When a rep accepted the call, by Twilio's clock.
alter table handoff add column accepted_at timestamp with time zone;
