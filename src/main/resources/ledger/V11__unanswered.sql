-- What is done for a caller whom nobody answers: which step was begun last and which is done, by its number; which try has it in hand,
-- and since when; and at which step's door the caller's line has arrived.
alter table handoff add column unanswered_begun integer;
alter table handoff add column unanswered_done integer;
alter table handoff add column unanswered_by varchar(64);
alter table handoff add column unanswered_at timestamp with time zone;
alter table handoff add column unanswered_arrived integer;
