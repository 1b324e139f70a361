-- A call has as many handoffs as the AI took decisions after a final state: each has a row of its own. The thread stays one for
-- the call. H2 and PostgreSQL have no word in common that gives a table another key, so it is made anew.
create table handoff_of_decision (
    org                varchar(63)  not null,
    call_sid           varchar(34)  not null,
    decision           integer      not null default 1,     -- counted from 1 within the call
    latest             boolean      not null default true,  -- of the call's
    state              varchar(16)  not null,
    escalation_id      varchar(256),
    begun_after        integer,      -- how many of the call's handoffs were known to be over when its escalation was taken in
    handoff_timestamp  varchar(40),  -- the attribute handoffTimestamp of its task, by which that is told from another's
    conversation_sid   varchar(34),
    note_message_sid   varchar(34),
    task_sid           varchar(34),
    reservation_sid    varchar(34),  -- of the first accept, as is the worker
    worker_sid         varchar(34),
    reason             varchar(1000),
    sentiment          varchar(16),
    language           varchar(64),
    started_at         timestamp with time zone not null,   -- the call
    escalated_at       timestamp with time zone,
    transferred_at     timestamp with time zone,
    accepted_at        timestamp with time zone,
    over_at            timestamp with time zone,             -- the handoff, in a final state
    ended_at           timestamp with time zone,             -- the call, for the AI
    enqueued_at        timestamp with time zone,
    enqueued_by        varchar(256), -- the ConversationRelay session whose answer moved the call
    redirecting_at     timestamp with time zone,
    ai_task_sid        varchar(34),
    ai_reservation_sid varchar(34),
    looked_at          timestamp with time zone,
    moving_by          varchar(64),
    moving_at          timestamp with time zone,
    note_tried_at      timestamp with time zone,
    constraint handoff_decision primary key (org, call_sid, decision)
);
insert into handoff_of_decision (org, call_sid, state, escalation_id, conversation_sid, note_message_sid, task_sid,
    reservation_sid, worker_sid, reason, sentiment, language, started_at, escalated_at, transferred_at, accepted_at,
    ended_at, enqueued_at, redirecting_at, ai_task_sid, ai_reservation_sid, looked_at, moving_by, moving_at, note_tried_at)
select org, call_sid, state, escalation_id, conversation_sid, note_message_sid, task_sid,
    reservation_sid, worker_sid, reason, sentiment, language, started_at, escalated_at, transferred_at, accepted_at,
    ended_at, enqueued_at, redirecting_at, ai_task_sid, ai_reservation_sid, looked_at, moving_by, moving_at, note_tried_at
from handoff;
drop table handoff;
alter table handoff_of_decision rename to handoff;
create index handoff_started on handoff (org, started_at);
create index handoff_age on handoff (started_at);
create index handoff_escalation on handoff (escalation_id);
create index handoff_conversation on handoff (conversation_sid);
create index handoff_task_sid on handoff (task_sid);
create index handoff_reservation on handoff (reservation_sid);
create index handoff_state on handoff (state, org);

alter table handoff_step add column decision integer not null default 1;

-- The tasks by which reps get a handoff's call: its own first, then those that copied its attributes (a transfer, a plugin).
create table handoff_task (
    id       bigint generated always as identity primary key,
    org      varchar(63) not null,
    call_sid varchar(34) not null,
    decision integer     not null,
    task_sid varchar(34) not null,
    over_at  timestamp with time zone,
    constraint handoff_task_once unique (org, call_sid, decision, task_sid)
);
create index handoff_task_of on handoff_task (task_sid);
insert into handoff_task (org, call_sid, decision, task_sid)
select org, call_sid, 1, task_sid from handoff where task_sid is not null;

-- Who accepted it, in order.
create table handoff_accept (
    id              bigint generated always as identity primary key,
    org             varchar(63) not null,
    call_sid        varchar(34) not null,
    decision        integer     not null,
    task_sid        varchar(34) not null,
    reservation_sid varchar(34) not null,
    worker_sid      varchar(34),
    accepted_at     timestamp with time zone not null,
    constraint handoff_accept_once unique (org, call_sid, decision, reservation_sid)
);
create index handoff_accept_of on handoff_accept (reservation_sid);
insert into handoff_accept (org, call_sid, decision, task_sid, reservation_sid, worker_sid, accepted_at)
select org, call_sid, 1, task_sid, reservation_sid, worker_sid, accepted_at from handoff
where task_sid is not null and reservation_sid is not null and accepted_at is not null;

-- The threads of a call that were closed while it went on, in order; the rest is in the next one.
create table closed_thread (
    org              varchar(63) not null,
    call_sid         varchar(34) not null,
    number           integer     not null,
    conversation_sid varchar(34) not null,
    primary key (org, call_sid, number),
    constraint closed_thread_once unique (org, call_sid, conversation_sid)
);
create index closed_thread_of on closed_thread (conversation_sid);
