-- Identifiers, times, counts and states; no transcript text. Ids of the AI phone platform have up to 128 characters, of
-- which H2 counts some as two.

create table handoff (
    org              varchar(63)  not null,
    call_sid         varchar(34)  not null,
    state            varchar(16)  not null,
    escalation_id    varchar(256),
    conversation_sid varchar(34),
    note_message_sid varchar(34),
    task_sid         varchar(34),
    reservation_sid  varchar(34),
    worker_sid       varchar(34),
    reason           varchar(1000),
    sentiment        varchar(16),
    language         varchar(64),
    started_at       timestamp with time zone not null,
    escalated_at     timestamp with time zone,
    transferred_at   timestamp with time zone,
    ended_at         timestamp with time zone,
    primary key (org, call_sid)
);
create index handoff_started on handoff (org, started_at);
create index handoff_age on handoff (started_at);
create index handoff_escalation on handoff (escalation_id);
create index handoff_conversation on handoff (conversation_sid);
create index handoff_task on handoff (task_sid);
create index handoff_reservation on handoff (reservation_sid);

create table handoff_step (
    id       bigint generated always as identity primary key,
    org      varchar(63)  not null,
    call_sid varchar(34)  not null,
    step     varchar(32)  not null,
    at       timestamp with time zone not null,
    attempts integer      not null,
    cause    varchar(1000)
);
create index handoff_step_call on handoff_step (org, call_sid);

create table segment (
    org         varchar(63)  not null,
    call_sid    varchar(34)  not null,
    segment_id  varchar(256) not null,
    sequence    integer      not null,
    state       varchar(16)  not null,
    late        boolean      not null default false,
    spoken_at   timestamp with time zone not null,
    received_at timestamp with time zone not null,
    appended_at timestamp with time zone,
    message_sid varchar(34),
    primary key (org, call_sid, segment_id)
);
