// The selected call: where it stands, what the rep can do, and what the AI handed over.

import { byId, el, keyed, setAttribute, setHidden, setText } from './dom.js';
import { threadOf } from './flex.js';
import { ago, KNOWN, MARKS, rep } from './texts.js';
import { ENDED, languageName, notTaken, progressOf, saidOfCut, stateOf, wayOf } from './words.js';

const STEPS = ['With the AI', 'Handed over', 'Connected', 'Wrap-up', 'Done'];
const STEP_OF = { pending: 1, reserved: 1, assigned: 2, wrapping: 3, completed: 4 };

/** Which buttons can be used now. */
export function possible(call, task) {
  return {
    accept: task?.status === 'reserved',
    'wrap-up': task?.status === 'assigned',
    complete: task?.status === 'wrapping',
    hangup: Boolean(call) && !ENDED.has(call.status),
  };
}

function drawActions(call, task) {
  const now = possible(call, task);
  for (const [id, can] of Object.entries(now)) {
    // aria-disabled keeps the focus where it is when a button has done its work
    setAttribute(byId(id), 'aria-disabled', can ? null : 'true');
    byId(id).classList.toggle('primary', can && id !== 'hangup');
  }
}

const MOVING = { escalated: 1, transferred: 1, accepted: 2 };

function drawSteps(task, handoff) {
  const canceled = task?.status === 'canceled';
  const end = notTaken(handoff) ? 'Not taken' : 'Caller hung up';
  const names = canceled ? ['With the AI', 'Handed over', end] : [...STEPS];
  const reached = canceled ? 2 : (STEP_OF[task?.status] ?? MOVING[handoff?.state] ?? 0);
  if (!task && handoff?.state === 'escalated') names[1] = 'Being handed over';
  keyed(
    byId('steps'),
    names,
    (name) => name,
    (name) => el('li', '', name),
    (node, name) => {
      const i = names.indexOf(name);
      node.className = i < reached ? 'done' : '';
      setAttribute(node, 'aria-current', i === reached ? 'step' : null);
    },
  );
}

/** What the caller said last before the handoff. */
export function lastWordsOf(conversation, at) {
  const theirs = (conversation?.messages ?? []).filter(({ attributes }) => attributes.speaker === 'caller');
  const spoken = (message) => message.attributes.spokenAt ?? message.dateCreated;
  const before = theirs.filter((message) => !(Date.parse(spoken(message)) > Date.parse(at)));
  return (before.length ? before : theirs).reduce((last, next) => (last && spoken(last) > spoken(next) ? last : next), null);
}

const moodOf = (a) => (['positive', 'negative'].includes(a.handoffSentiment) ? a.handoffSentiment : 'neutral');
const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const numberOf = (a) => a.name ?? a.caller ?? a.from;

function dataOf(task) {
  const own = Object.entries(task.attributes).filter(([name, value]) => !KNOWN.has(name) && value !== threadOf(task));
  return [[rep.t.number, numberOf(task.attributes)], ...own].filter(([, value]) => value !== undefined && value !== null);
}

/** The note as text, to be pasted elsewhere. */
export function noteText(task, conversation) {
  const { t } = rep;
  const a = task.attributes;
  const last = lastWordsOf(conversation, a.handoffTimestamp);
  return [
    a.handoffReason || t.noReason,
    a.handoffSummary,
    `${t.sentiment}: ${t[moodOf(a)]}`,
    a.handoffLanguage && `${t.language}: ${languageName(a.handoffLanguage, rep.lang)}`,
    last && `${t.lastWords}: ${last.body}`,
    ...dataOf(task).map(([name, value]) => `${name}: ${text(value)}`),
  ]
    .filter(Boolean)
    .join('\n');
}

// while there is no task to show
const NOT_YET = {
  escalated: 'The AI has handed over, and the call is being moved. Reason, summary, sentiment and language appear with the task.',
  transferred: 'The AI has handed over, and the call has gone where no task tells of it.',
  accepted: 'The AI has handed over, and the call has gone where no task tells of it.',
  failed: 'The handoff has failed, and the AI is still on the line.',
};
const WITH_AI = 'The AI is still on the line. Reason, summary, sentiment and language appear here when it hands over.';

function drawHandoff(call, task, conversation, handoff) {
  const { t } = rep;
  const a = task?.attributes ?? {};
  const has = a.handedOff === true;
  for (const id of ['rep', 'said']) {
    setAttribute(byId(id), 'lang', rep.lang);
    setAttribute(byId(id), 'dir', rep.dir);
  }
  setText(byId('handoff-title'), t.tab);
  setHidden(byId('handoff'), !has);
  setHidden(byId('handoff-empty'), has);
  setText(
    byId('handoff-empty'),
    task
      ? 'This task was not handed over by the AI.'
      : call && !ENDED.has(call.status)
        ? (NOT_YET[handoff?.state] ?? WITH_AI)
        : 'The call ended without a handoff.',
  );
  if (!has) return;
  const mood = moodOf(a);
  setText(byId('reason'), a.handoffReason || t.noReason);
  setText(byId('copy'), t.copy);
  setText(byId('summary'), a.handoffSummary ?? '');
  setHidden(byId('summary'), !a.handoffSummary);
  setText(byId('sentiment'), `${MARKS[mood]} ${t[mood]}`);
  setAttribute(byId('sentiment'), 'data-mood', mood);
  setText(byId('language'), a.handoffLanguage ? (languageName(a.handoffLanguage, rep.lang) ?? a.handoffLanguage) : '');
  setText(byId('handed-over-word'), `${t.handedOver}:`);
  setText(byId('handed-over'), a.handoffTimestamp ? ago(a.handoffTimestamp) : '–');
  setAttribute(byId('handed-over'), 'datetime', a.handoffTimestamp ?? null);

  const last = lastWordsOf(conversation, a.handoffTimestamp);
  setHidden(byId('last-words'), !last);
  setText(byId('last-words-title'), t.lastWords);
  setText(byId('last-said'), last?.body ?? '');
  setAttribute(byId('last-said'), 'lang', last?.attributes.language ?? a.handoffLanguage ?? null);
  setText(byId('show-last'), t.show);

  setHidden(byId('details'), false);
  setText(byId('details-title'), t.details);
  keyed(
    byId('data'),
    dataOf(task),
    ([name]) => name,
    ([name]) => el('div', '', el('dt', '', name), el('dd')),
    (row, [, value]) => setText(row.lastChild, text(value)),
  );
  const note = noteOf(conversation?.messages ?? []);
  setHidden(byId('note'), note.length === 0);
  setText(byId('note-title'), t.wholeNote);
  setText(byId('note-text'), note.map((message) => message.body).join(''));
}

/** The parts of the note, of several handoffs of a call that of the latest. */
function noteOf(messages) {
  const notes = messages.filter((message) => message.attributes.kind === 'note');
  const latest = Math.max(0, ...notes.map((message) => message.attributes.handoff ?? 1));
  return notes.filter((message) => (message.attributes.handoff ?? 1) === latest);
}

function drawRaw(task) {
  setHidden(byId('raw'), !task);
  if (!task) return;
  const rows = [
    ['Task', task.sid],
    ['Queue', task.queue?.name],
    ['Workflow', task.workflow?.name],
    ['Priority', task.priority],
    ['Reservation', task.reservation ? `${task.reservation.sid} (${task.reservation.status})` : undefined],
    ...Object.entries(task.attributes),
  ].filter(([, value]) => value !== undefined);
  setText(byId('raw-count'), String(rows.length));
  keyed(
    byId('attributes'),
    rows,
    ([name]) => name,
    ([name]) => {
      const head = el('th', '', name);
      head.scope = 'row';
      return el('tr', '', head, el('td'));
    },
    (row, [, value]) => setText(row.lastChild, typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)),
  );
}

/** Draws the panel for a call, a task, or both, as the Flex plugin draws it; with neither it shows the welcome. */
export function drawPanel(call, task, conversation, handoff) {
  const shown = Boolean(call || task);
  setHidden(byId('welcome'), shown);
  setHidden(byId('call'), !shown);
  if (!shown) return;
  const from = call?.from ?? task.attributes.caller ?? task.attributes.from;
  setText(byId('panel-title'), from ? `Call from ${from}` : `Task ${task.sid}`);
  setText(byId('call-state'), stateOf(call, task, handoff));
  setText(byId('handoff-progress'), progressOf(call, task, handoff));
  setText(byId('report'), saidOfCut(handoff));
  setText(byId('call-way'), wayOf(call));
  byId('call').dataset.status = task?.status ?? (call && !ENDED.has(call.status) ? 'ai' : 'ended');
  drawActions(call, task);
  drawSteps(task, handoff);
  drawHandoff(call, task, conversation, handoff);
  drawRaw(task);
}
