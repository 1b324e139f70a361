-- What connect changed in an org's Twilio account, so that it can be taken back. The state before may be the URL of
-- another system, whole: it cannot be restored otherwise.
create table connect_change (
    org varchar(63) not null,
    part varchar(32) not null,          -- ai-worker, taskrouter-webhook, conversations-webhook, workflow
    state_before text,                  -- null: nothing stood there
    written varchar(64) not null,       -- SHA-256 of what connect wrote: anything else was changed since
    changed_at timestamp with time zone not null,
    primary key (org, part)
);
