// Faults: an outage to rehearse, and how often it has struck.

import { get, post, remove } from './api.js';
import { byId, el, keyed, setAttribute, setHidden, setText } from './dom.js';

const PRESETS = [
  { name: 'Conversations down', product: 'conversations', status: 503 },
  { name: 'Voice API too busy', product: 'api', status: 429, retryAfter: 1 },
  { name: 'Lost answers', effect: 'drop-after', method: 'POST', share: 0.3 },
  { name: 'Slow answers', effect: 'slow', delay: 3000 },
  { name: 'Events sent twice', effect: 'duplicate' },
  { name: 'Thread refused', product: 'flex-api', method: 'POST', path: '**/Users', status: 403 },
];
const HINTS = {
  'Conversations down': 'Every request to Conversations is answered 503',
  'Voice API too busy': 'Every request to the Voice API is answered 429, with Retry-After',
  'Lost answers': 'Three writes in ten are carried out, but their answer is lost',
  'Slow answers': 'Every answer comes three seconds late',
  'Events sent twice': 'Every webhook is sent twice',
  'Thread refused': 'Flex does not add the rep who accepts to the thread: the note stands alone',
};

let standing = [];

/** Says how often a fault has struck. */
function struck({ hits, times }) {
  if (hits === 0) return 'Has not struck yet';
  if (times) return `Struck ${hits} of ${times} times`;
  return hits === 1 ? 'Struck once' : `Struck ${hits} times`;
}

export async function loadFaults() {
  standing = await get('/faults');
}

/** Draws the presets and the faults that stand; `act` runs what a click asks for and shows its failure. */
export function drawFaults(act) {
  keyed(
    byId('presets'),
    PRESETS,
    (preset) => preset.name,
    (preset) => {
      const button = el('button', '', preset.name);
      button.type = 'button';
      button.title = HINTS[preset.name];
      button.addEventListener('click', () =>
        act(async () => {
          const same = standing.filter((fault) => fault.name === preset.name);
          if (same.length === 0) await post('/faults', preset);
          else await Promise.all(same.map((fault) => remove(`/faults/${fault.id}`)));
        }),
      );
      return button;
    },
    (button, preset) =>
      setAttribute(button, 'aria-pressed', String(standing.some((fault) => fault.name === preset.name))),
  );
  keyed(
    byId('faults'),
    standing,
    (fault) => fault.id,
    (fault) => {
      const button = el('button', 'quiet', 'Remove', el('span', 'unseen', ` ${fault.name}`));
      button.type = 'button';
      button.addEventListener('click', () => act(() => remove(`/faults/${fault.id}`)));
      return el('li', '', el('span', 'who', fault.name), el('span', 'what'), button);
    },
    (row, fault) => {
      row.className = fault.spent ? 'spent' : '';
      setText(row.children[1], struck(fault));
    },
    byId('faults-title'),
  );
  setText(byId('faults-count'), standing.length ? String(standing.length) : '');
  setHidden(byId('faults'), standing.length === 0);
}
