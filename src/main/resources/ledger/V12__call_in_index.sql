-- H2 keeps the plan that a statement got when its table was empty, and takes for it whichever index has fewest columns: one that finds
-- all calls of an org, or all without a task. With the call in each, whichever it takes finds that call alone.
drop index handoff_started;
drop index handoff_escalation;
drop index handoff_conversation;
drop index handoff_task_sid;
drop index handoff_reservation;
drop index handoff_state;
create index handoff_started on handoff (org, started_at, call_sid);
create index handoff_escalation on handoff (escalation_id, org, call_sid);
create index handoff_conversation on handoff (conversation_sid, org, call_sid);
create index handoff_task_sid on handoff (task_sid, org, call_sid);
create index handoff_reservation on handoff (reservation_sid, org, call_sid);
create index handoff_state on handoff (state, org, call_sid);
