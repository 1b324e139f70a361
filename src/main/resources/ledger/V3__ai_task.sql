-- By which task and reservation the AI itself has a call that came through Flex; task_sid and the like are the rep's.
alter table handoff add column ai_task_sid varchar(34);
alter table handoff add column ai_reservation_sid varchar(34);

-- When TaskRouter was last asked what became of the call's task.
alter table handoff add column looked_at timestamp with time zone;
create index handoff_state on handoff (state, org);
