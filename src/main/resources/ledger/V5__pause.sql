-- Orgs that an operator lets hand over no more calls for the time being.
create table paused_org (
    org       varchar(63)  not null primary key,
    paused_at timestamp with time zone not null,
    paused_by varchar(100) not null,
    reason    varchar(500) not null
);

-- How often a segment was tried, since when it fails and why, and when it is tried again.
alter table segment add column attempts integer;
alter table segment add column failing_since timestamp with time zone;
alter table segment add column next_try timestamp with time zone;
alter table segment add column cause varchar(1000);
