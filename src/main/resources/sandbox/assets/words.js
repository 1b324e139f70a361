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

/** Time since then, as 0:07 or 1:02:03. */
export function elapsed(iso) {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(iso)) / 1000)) || 0;
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export const ENDED = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);
export const FINISHED = new Set(['completed', 'canceled']);
export const WAITING = new Set(['pending', 'reserved']);

/** One line for where a call stands, given its task, if it has one. */
export function stateOf(call, task) {
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
      return 'Canceled: the caller hung up before a rep accepted';
    default:
      return !call || ENDED.has(call.status) ? 'Call ended' : 'With the AI';
  }
}

const WAYS = {
  direct: ['AI first', 'The AI answered first: its call is redirected into the workflow'],
  flex: ['through Flex', 'Came through Flex: the AI worker gives its call back to the workflow'],
  relay: ['ConversationRelay', 'By ConversationRelay: the workflow is the answer to the end of the session'],
};

/** How the call came to the AI, and so how it is handed over. */
export const wayOf = (call) => WAYS[call?.way]?.[1] ?? '';

/** The same in a word or two. */
export const shortWayOf = (call) => WAYS[call.way]?.[0] ?? '';
