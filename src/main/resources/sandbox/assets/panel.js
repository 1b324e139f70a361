// The selected call: where it stands, what the rep can do, and what the AI handed over.

import { byId, el, keyed, setAttribute, setHidden, setText } from './dom.js';
import { ENDED, languageName, stateOf, timeOf, wayOf } from './words.js';

const SIX = ['handedOff', 'handoffReason', 'handoffSummary', 'handoffSentiment', 'handoffLanguage', 'handoffTimestamp'];
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

function drawSteps(task) {
  const canceled = task?.status === 'canceled';
  const names = canceled ? ['With the AI', 'Handed over', 'Caller hung up'] : STEPS;
  const reached = canceled ? 2 : (STEP_OF[task?.status] ?? 0);
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

function drawHandoff(call, task) {
  const a = task?.attributes ?? {};
  const has = SIX.some((name) => name in a);
  setHidden(byId('handoff'), !has);
  setHidden(byId('handoff-empty'), has);
  setText(
    byId('handoff-empty'),
    task
      ? 'This task was not handed over by the AI.'
      : call && !ENDED.has(call.status)
        ? 'The AI is still on the line. Reason, summary, sentiment and language appear here when it hands over.'
        : 'The call ended without a handoff.',
  );
  setText(byId('reason'), a.handoffReason ?? '–');
  setText(byId('summary'), a.handoffSummary ?? '–');
  setText(byId('sentiment'), a.handoffSentiment ?? '–');
  setAttribute(byId('sentiment'), 'data-mood', a.handoffSentiment ?? null);
  const code = a.handoffLanguage;
  const name = code && languageName(code);
  setText(byId('language'), !code ? '–' : name && name !== code ? `${name} · ${code}` : code);
  setText(byId('handed-off'), a.handedOff === true ? 'Yes, by the AI' : String(a.handedOff ?? '–'));
  setText(byId('handoff-time'), a.handoffTimestamp ? timeOf(a.handoffTimestamp) : '–');
  setAttribute(byId('handoff-time'), 'datetime', a.handoffTimestamp ?? null);
}

function drawDetails(task) {
  setHidden(byId('details'), !task);
  if (!task) return;
  const rows = [
    ['Task', task.sid],
    ['Queue', task.queue?.name],
    ['Workflow', task.workflow?.name],
    ['Priority', task.priority],
    ['Reservation', task.reservation ? `${task.reservation.sid} (${task.reservation.status})` : undefined],
    ...Object.entries(task.attributes).filter(([name]) => !SIX.includes(name)),
  ].filter(([, value]) => value !== undefined);
  setText(byId('details-count'), String(rows.length));
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

/** Draws the panel for a call, a task, or both; with neither it shows the welcome. */
export function drawPanel(call, task) {
  const shown = Boolean(call || task);
  setHidden(byId('welcome'), shown);
  setHidden(byId('call'), !shown);
  if (!shown) return;
  const from = call?.from ?? task.attributes.caller ?? task.attributes.from;
  setText(byId('panel-title'), from ? `Call from ${from}` : `Task ${task.sid}`);
  setText(byId('call-state'), stateOf(call, task));
  setText(byId('call-way'), wayOf(call));
  byId('call').dataset.status = task?.status ?? (call && !ENDED.has(call.status) ? 'ai' : 'ended');
  drawActions(call, task);
  drawSteps(task);
  drawHandoff(call, task);
  drawDetails(task);
}
