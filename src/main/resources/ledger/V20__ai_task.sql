-- By which task and reservation the AI itself has a call that came through Flex; task_sid and the like are the rep's.
alter table handoff add column ai_task_sid varchar(34);
alter table handoff add column ai_reservation_sid varchar(34);
create index handoff_ai_task on handoff (ai_task_sid);
