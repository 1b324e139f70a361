-- What has become of a handoff, as the contract's Outcome names it; null while nobody knows. What failed before this was kept is only known
-- where a task was canceled.
alter table handoff add column outcome varchar(16);
update handoff set outcome = case when accepted_at is not null then 'accepted' when state = 'abandoned' then 'caller-gone'
    when state = 'failed' and transferred_at is not null then 'unanswered' end
where escalation_id is not null and state in ('accepted', 'completed', 'abandoned', 'failed');
