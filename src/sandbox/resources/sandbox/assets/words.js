// How things are said on the page.

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const DAY = { day: 'numeric', month: 'short' };

/** "Spanish (Mexico)" in that language, or null for a code that is not BCP-47. */
export function languageName(code, lang = 'en') {
  try {
    return new Intl.DisplayNames([lang], { type: 'language', languageDisplay: 'standard' }).of(code);
  } catch {
    return null;
  }
}

/** The time of day, with the date unless it is today. */
export function timeOf(iso, lang) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return String(iso ?? '');
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(lang, today ? CLOCK : { ...DAY, ...CLOCK });
}

/** Time since then, or until another time, as 0:07 or 1:02:03. */
export function elapsed(iso, until) {
  const end = until ? Date.parse(until) : Date.now();
  const seconds = Math.max(0, Math.floor((end - Date.parse(iso)) / 1000)) || 0;
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export const ENDED = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);
export const FINISHED = new Set(['completed', 'canceled']);
export const WAITING = new Set(['pending', 'reserved']);

// where a call without a task of a rep stands, by the state of its handoff
const WITHOUT_TASK = {
  escalated: 'Being handed over',
  transferred: 'Handed over',
  accepted: 'Handed over',
  failed: 'With the AI: the handoff failed',
};

const NOT_TAKEN = {
  unanswered: 'Nobody took the call',
  declined: 'Nobody took the call: a rep declined',
  'no-one-there': 'Nobody took the call: no rep was signed in',
};

/** Why nobody took a call whose task was canceled; null when its caller hung up, or nobody knows yet. */
export const notTaken = (handoff) => NOT_TAKEN[handoff?.outcome?.result] ?? null;

/** One line for where a call stands, given its task, if it has one, and what the product says of its handoff, if anything. */
export function stateOf(call, task, handoff) {
  const rep = task?.reservation?.worker?.name ?? 'the rep';
  switch (task?.status) {
    case 'pending':
      return 'Waiting for a free rep';
    case 'reserved':
      return `Offered to ${rep}`;
    case 'assigned':
      return `Connected to ${rep}`;
    case 'wrapping':
      return `${rep} is wrapping up`;
    case 'completed':
      return 'Completed';
    case 'canceled':
      return notTaken(handoff) ?? 'Canceled: the caller hung up before a rep accepted';
    default:
      return !call || ENDED.has(call.status) ? 'Call ended' : (WITHOUT_TASK[handoff?.state] ?? 'With the AI');
  }
}

const turns = (n) => (n === 1 ? '1 turn' : `${n} turns`);

/** The turns that the product holds for Conversations, once that has failed; empty when there are none. */
export function waitingOf(handoff) {
  const { parked = 0, tries, nextTryAt } = handoff?.transcript ?? {};
  if (!parked || tries === undefined) return '';
  const seconds = Math.ceil((Date.parse(nextTryAt) - Date.now()) / 1000);
  const soon = seconds > 0 ? `in ${seconds} s` : 'now';
  return `${turns(parked)} ${parked === 1 ? 'waits' : 'wait'} for Conversations: try ${tries + 1} ${soon}`;
}

/** When something ended, and how long it took. */
export const endOf = ({ createdAt, startedAt = createdAt, endedAt }) =>
  endedAt ? `ended ${timeOf(endedAt)} after ${elapsed(startedAt, endedAt)}` : '';

const stepOf = (handoff, name) => handoff?.steps?.findLast((one) => one.step === name);

/** What Twilio says of a call that was cut: when, and all the rest; nothing for any other. */
const reportOf = (handoff) => (stepOf(handoff, 'cut')?.cause ?? '').split('; ');
export const saidOfCut = (handoff) => reportOf(handoff).slice(1).join(' · ');

/** What the product is at: how the call was moved, what waits for Twilio, what was given up, and the end. */
export function progressOf(call, task, handoff) {
  const at = (name) => stepOf(handoff, name)?.at;
  const { dead = 0 } = handoff?.transcript ?? {};
  const moved = at('transferred');
  const to = task?.queue ? ` to ${task.queue.name}` : ' to another target';
  const line = [
    handoff?.state === 'escalated' && at('escalated') && `Being moved for ${elapsed(at('escalated'))}`,
    moved && `Moved${to} at ${timeOf(moved)}`,
    waitingOf(handoff),
    dead > 0 && `${turns(dead)} given up, see the dead letters`,
    reportOf(handoff)[0],
    endOf(task?.endedAt ? task : (call ?? {})),
  ]
    .filter(Boolean)
    .join(' · ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

const WAYS = {
  direct: ['AI first', 'The AI answered first: its call is redirected into the workflow'],
  flex: ['through Flex', 'Came through Flex: the AI worker gives its call back to the workflow'],
  relay: ['ConversationRelay', 'By ConversationRelay: the workflow is the answer to the end of the session'],
  stream: ['Media Streams', 'By Media Streams: the AI escalates over the API and closes its stream'],
};

/** How the call came to the AI, and so how it is handed over. */
export const wayOf = (call) => WAYS[call?.way]?.[1] ?? '';

/** The same in a word or two. */
export const shortWayOf = (call) => WAYS[call.way]?.[0] ?? '';
