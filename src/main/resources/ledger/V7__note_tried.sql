-- When the note of the call's handoff was first tried: what was tried before is looked for before it is written again.
alter table handoff add column note_tried_at timestamp with time zone;
