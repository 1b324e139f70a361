-- When a rep accepted the call, by Twilio's clock.
alter table handoff add column accepted_at timestamp with time zone;

-- Who moves the call: an answer to Twilio put it into the workflow, or the first redirect of it began. Whoever is first does it.
alter table handoff add column enqueued_at timestamp with time zone;
alter table handoff add column redirecting_at timestamp with time zone;

-- Segments that were heard on the line come after a short wait, and so does what follows them.
alter table segment add column overheard boolean not null default false;
