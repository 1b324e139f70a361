// A caller who waits for a rep: where they stand, what they hear, and what comes next.

import { byId, setHidden, setText } from './dom.js';
import { elapsed, WAITING } from './words.js';

/** The caller's place among those who wait in the same workflow, by when they came, as Twilio counts it; null for none. */
export function placeOf(task, tasks) {
  if (!task || !WAITING.has(task.status) || !task.callSid) return null;
  const line = tasks
    .filter((other) => other.callSid && WAITING.has(other.status) && other.workflow.sid === task.workflow.sid)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return { place: line.indexOf(task) + 1, of: line.length };
}

export const placeWords = ({ place, of }) => `number ${place} of ${of} in line`;

const SAID = /^say ([^:]+): (.*)$/s;
const fileOf = (url) => decodeURIComponent(url.split(/[?#]/)[0].split('/').pop());

/** What is in the caller's ear, from what the sandbox has played to the line; without a waiting room it is Twilio's own music. */
export function hearsOf(call) {
  const heard = (call?.heard ?? []).filter((what) => /^(say|play|record)/.test(what));
  const last = heard.at(-1);
  if (!last) return 'Twilio’s music';
  if (last.startsWith('record')) return 'A tone: the message is being recorded';
  const [, , words] = heard.findLast((what) => SAID.test(what))?.match(SAID) ?? [];
  if (!last.startsWith('play')) return `“${words}”`;
  const music = `music (${fileOf(last.slice('play '.length))})`;
  return words ? `“${words}”, then ${music}` : `M${music.slice(1)}`;
}

const STEPS = {
  wait: 'stays in line',
  'other-queue': 'goes to another queue',
  'back-to-ai': 'goes back to the AI',
  callback: 'is called back later',
  voicemail: 'may leave a message',
};

/** What the product does with a caller whom nobody answers, and when. */
export function nextOf(handoff) {
  const { step, at } = handoff?.next ?? {};
  if (!step) return 'Stays in line until a rep accepts or the workflow gives up';
  const what = STEPS[step] ? `The caller ${STEPS[step]}` : `The step ${step}`;
  if (!at) return what;
  return Date.parse(at) > Date.now() ? `${what} in ${elapsed(new Date().toISOString(), at)}` : `${what} now`;
}

/** The box of a selected caller who waits. */
export function drawWaiting(call, task, tasks, handoff) {
  const place = placeOf(task, tasks);
  setHidden(byId('waiting'), !place);
  if (!place) return;
  setText(byId('waits'), elapsed(task.createdAt));
  setText(byId('place'), placeWords(place));
  setText(byId('hears'), hearsOf(call));
  setText(byId('next'), nextOf(handoff));
}
