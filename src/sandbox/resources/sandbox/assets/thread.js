// The thread under the note. Turns are only ever added, so a reader keeps their place.

import { byId, el, keyed, setAttribute, setHidden, setText } from './dom.js';
import { fill, rep } from './texts.js';
import { timeOf, waitingOf } from './words.js';

const NEAR_END = 48;
const LATE = /^\[late, spoken [^\]]*\] /;
let shownSid = null;
const log = byId('thread');
const newest = byId('newest');

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
const toEnd = () => {
  log.scrollTop = log.scrollHeight;
};

newest.addEventListener('click', () => {
  toEnd();
  log.focus();
});
log.addEventListener('scroll', () => {
  if (atEnd()) setHidden(newest, true);
});

function turn(message) {
  const kind = message.attributes.kind ?? message.attributes.speaker ?? 'system';
  const head = el('p', 'by', el('span', 'author'), el('span', 'mark'), el('time'));
  const node = el('li', `turn ${['caller', 'ai', 'pointer'].includes(kind) ? kind : 'system'}`, head, el('p', 'text'));
  node.tabIndex = -1;
  return node;
}

function author({ author: name, attributes }) {
  if (attributes.speaker === 'caller') return rep.t.caller;
  if (attributes.speaker === 'ai') return rep.t.ai;
  return name === 'system' ? rep.t.system : name;
}

function drawTurn(language) {
  return (node, message) => {
    const { attributes: a } = message;
    const [head, text] = node.children;
    const [by, mark, time] = head.children;
    const at = a.spokenAt ?? message.dateCreated;
    setText(by, author(message));
    const marks = [
      a.late && `⚠ ${fill('late', { time: timeOf(at, rep.lang) })}`,
      a.parts > 1 && fill('part', { part: a.part, parts: a.parts }),
    ].filter(Boolean);
    setText(mark, marks.join(' '));
    setText(time, a.late ? '' : timeOf(at, rep.lang));
    setAttribute(time, 'datetime', at);
    node.classList.toggle('late', Boolean(a.late));
    setText(text, a.late ? message.body.replace(LATE, '') : message.body);
    setAttribute(text, 'dir', 'auto');
    // a turn in the caller's language is read with that language's voice; the pointer is ours
    setAttribute(text, 'lang', a.speaker ? (a.language ?? language ?? null) : null);
  };
}

/** How complete the thread is, by the places of its turns (from 1, without gaps); places that are times of the clock tell nothing. */
function completeness(turns) {
  const spoken = turns.filter(({ attributes: a }) => a.speaker === 'caller' || a.speaker === 'ai');
  const places = new Set(spoken.map(({ attributes }) => attributes.sequence));
  const last = Math.max(0, ...places);
  const missing = last > 1_000_000 ? undefined : last - places.size;
  if (missing) return fill('toCome', { n: missing });
  const whole = missing === 0 && turns.some(({ attributes }) => attributes.kind === 'pointer');
  return fill(whole ? 'whole' : 'turns', { n: spoken.length });
}

/** Shows a turn and puts the focus on it. */
export function jumpTo(message) {
  const node = [...byId('turns').children].find(({ dataset }) => dataset.key === message.sid);
  node?.scrollIntoView({ block: 'center' });
  node?.focus({ preventScroll: true });
}

/**
 * Draws a conversation, or none; `task` is what the call became, once it is handed over; `refused` is whether the rep's client cannot
 * read the thread; `handoff` is what the product says of it.
 */
export function drawThread(conversation, task, refused, handoff) {
  const { t } = rep;
  const query = byId('search').value.trim().toLowerCase();
  const turns = (conversation?.messages ?? []).filter((message) => message.attributes.kind !== 'note');
  const shown = query ? turns.filter((message) => message.body.toLowerCase().includes(query)) : turns;
  const other = (conversation?.sid ?? null) !== shownSid;
  const follow = other || atEnd();
  // a thread that is opened is not read out whole; what is said from then on is
  if (other) setAttribute(log, 'aria-live', 'off');
  shownSid = conversation?.sid ?? null;

  setText(byId('thread-title'), t.conversation);
  setText(newest, `↓ ${t.newest}`);
  setAttribute(byId('search'), 'placeholder', t.search);
  setAttribute(byId('search'), 'aria-label', t.search);
  setHidden(byId('search'), turns.length === 0 || refused);
  setHidden(byId('thread-status'), turns.length === 0 || refused);
  setText(byId('thread-status'), query ? fill('found', { n: shown.length }) : completeness(turns));
  setHidden(byId('thread-refused'), !refused);
  setText(byId('thread-refused-text'), t.failed);
  setText(byId('again'), t.again);
  setHidden(byId('thread-empty'), refused || turns.length > 0);
  setText(byId('thread-empty'), waitingOf(handoff) || 'No one has spoken yet.');
  setHidden(log, refused || turns.length === 0);
  const before = byId('turns').children.length;
  keyed(byId('turns'), refused ? [] : shown, (message) => message.sid, turn, drawTurn(task?.attributes.handoffLanguage));

  if (follow) toEnd();
  else if (shown.length > before) setHidden(newest, false);
  if (other) {
    setHidden(newest, true);
    setTimeout(() => setAttribute(log, 'aria-live', 'polite'), 500);
  }
}
