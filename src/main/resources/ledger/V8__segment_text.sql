-- A hash of what a segment said: the same id with another text is another segment, kept under an id of its own.
alter table segment add column text_hash varchar(16);
alter table segment add column reused_id boolean not null default false;
