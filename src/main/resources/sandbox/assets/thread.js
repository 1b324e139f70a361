// The note and the thread under it. Turns are only ever added, so a reader keeps their place.

import { byId, el, keyed, setAttribute, setHidden, setText } from './dom.js';
import { timeOf } from './words.js';

const NEAR_END = 48;
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
  return el('li', `turn ${['caller', 'ai', 'pointer'].includes(kind) ? kind : 'system'}`, head, el('p', 'text'));
}

function author({ author: name, attributes }) {
  if (attributes.kind === 'pointer') return 'Handoff';
  if (attributes.speaker === 'caller') return 'Caller';
  if (attributes.speaker === 'ai') return 'AI agent';
  return name;
}

function drawTurn(language) {
  return (node, message) => {
    const { attributes: a } = message;
    const [head, text] = node.children;
    const [by, mark, time] = head.children;
    const at = a.spokenAt ?? message.dateCreated;
    setText(by, author(message));
    const marks = [a.late && 'late', a.parts > 1 && `part ${a.part} of ${a.parts}`].filter(Boolean);
    setText(mark, marks.join(', '));
    setText(time, a.late ? `spoken ${timeOf(at)}` : timeOf(at));
    setAttribute(time, 'datetime', at);
    node.classList.toggle('late', Boolean(a.late));
    setText(text, message.body);
    // a turn in the caller's language is read with that language's voice; the pointer is ours
    setAttribute(text, 'lang', a.speaker ? (a.language ?? language ?? null) : null);
  };
}

/** Draws a conversation, or none; `task` is what the call became, once it is handed over. */
export function drawThread(conversation, task) {
  const messages = conversation?.messages ?? [];
  const note = messages.find((message) => message.attributes.kind === 'note');
  const turns = messages.filter((message) => message !== note);
  const other = (conversation?.sid ?? null) !== shownSid;
  const follow = other || atEnd();
  // a thread that is opened is not read out whole; what is said from then on is
  if (other) setAttribute(log, 'aria-live', 'off');
  shownSid = conversation?.sid ?? null;

  setHidden(byId('note'), !note);
  byId('note').classList.toggle('awaited', !task);
  if (note) setText(byId('note-text'), note.body);
  setHidden(byId('thread-empty'), turns.length > 0);
  setHidden(log, turns.length === 0);
  const before = byId('turns').children.length;
  keyed(byId('turns'), turns, (message) => message.sid, turn, drawTurn(task?.attributes.handoffLanguage));

  if (follow) toEnd();
  else if (turns.length > before) setHidden(newest, false);
  if (other) {
    setHidden(newest, true);
    setTimeout(() => setAttribute(log, 'aria-live', 'polite'), 500);
  }
}
