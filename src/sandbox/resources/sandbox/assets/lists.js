// The two lists at the side: calls in progress and the rep's queue.

import { byId, el, keyed, setAttribute, setHidden, setText } from './dom.js';
import { hearsOf, nextOf, placeOf, placeWords } from './waiting.js';
import { elapsed, ENDED, endOf, FINISHED, shortWayOf, stateOf, WAITING } from './words.js';

function card(select) {
  return (item) => {
    const parts = ['who', 'since', 'what', 'where', 'then'].map((name) => el('span', name));
    const button = el('button', 'card', ...parts);
    button.type = 'button';
    button.addEventListener('click', () => select(item.callSid ?? item.sid));
    return el('li', '', button);
  };
}

function fill(node, selected, { who, since, what, where, then, mood }) {
  const button = node.firstChild;
  const [whoAt, sinceAt, whatAt, whereAt, thenAt] = button.children;
  setText(whoAt, who);
  sinceAt.dataset.since = since ?? '';
  if (!since) setText(sinceAt, '');
  setText(whatAt, what);
  setText(whereAt, where);
  setText(thenAt, then ?? '');
  setAttribute(button, 'data-mood', mood ?? null);
  setAttribute(button, 'aria-current', selected ? 'true' : null);
}

function list(name, items, create, update) {
  keyed(byId(name), items, (item) => item.sid, create, update, byId(`${name}-title`));
  setText(byId(`${name}-count`), items.length ? String(items.length) : '');
  const empty = byId(`${name}-empty`);
  if (empty) setHidden(empty, items.length > 0);
}

const numberOf = ({ attributes: a, sid }) => a.name ?? a.caller ?? a.from ?? sid;

// that nothing comes is no news
const soon = (handoff) => (handoff?.next ? ` · Next: ${nextOf(handoff)}` : '');

const byUrgency = (a, b) =>
  FINISHED.has(a.status) - FINISHED.has(b.status) ||
  b.priority - a.priority ||
  Date.parse(a.createdAt) - Date.parse(b.createdAt);

/** Draws both lists; `desk` is the state with its look-ups, `select` takes a call SID. */
export function drawLists(desk, select) {
  const create = card(select);
  const calls = desk.calls.filter((call) => !ENDED.has(call.status));
  list('calls', calls, create, (node, call) =>
    fill(node, call === desk.selectedCall, {
      who: call.from,
      since: call.startedAt,
      what: stateOf(call, desk.taskOf(call), desk.handoffOf(call)),
      where: `called ${call.to} · ${shortWayOf(call)}`,
    }),
  );

  const drawTask = (node, task) => {
    const call = desk.callOf(task);
    const place = placeOf(task, desk.tasks);
    fill(node, task === desk.selectedTask, {
      who: task.attributes.handoffReason ?? numberOf(task),
      since: WAITING.has(task.status) ? task.createdAt : null,
      what: stateOf(call, task, desk.handoffOf(call)) + (place ? `, ${placeWords(place)}` : ''),
      then: place ? `Hears: ${hearsOf(call)}${soon(desk.handoffOf(call))}` : '',
      where: FINISHED.has(task.status)
        ? `${numberOf(task)} · ${endOf(task)}`
        : `${numberOf(task)} · ${task.queue?.name ?? 'No queue'} · priority ${task.priority}`,
      mood: task.attributes.handoffSentiment,
    });
  };
  const open = desk.tasks.filter((task) => !FINISHED.has(task.status)).sort(byUrgency);
  const finished = desk.tasks.filter((task) => FINISHED.has(task.status));
  list('queue', open, create, drawTask);
  setHidden(byId('finished-box'), finished.length === 0);
  list('finished', finished, create, drawTask);

  const waiting = open.filter((task) => WAITING.has(task.status)).length;
  document.title = `${waiting ? `(${waiting}) ` : ''}Rep's desk · Flex Handoff sandbox`;
  tick();
}

/** Moves the clocks on; runs each second. */
export function tick() {
  for (const node of document.querySelectorAll('[data-since]:not([data-since=""])')) {
    setText(node, elapsed(node.dataset.since));
  }
}
