// The sandbox's JSON API and its stream of changes.

const base = '/sandbox/api';

async function send(method, path, body) {
  let answer;
  try {
    answer = await fetch(base + path, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new Error('Flex Handoff does not answer. Is it still running?');
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? problem.title ?? `The sandbox answered ${answer.status}.`);
  }
  return answer.status === 204 ? null : answer.json();
}

export const get = (path) => send('GET', path);
export const post = (path, body) => send('POST', path, body);
export const remove = (path) => send('DELETE', path);

/**
 * Calls `changed({resource, sid})` for each change and `link(isUp)` when the stream opens or breaks. A browser gives up
 * on a stream that was answered with an error, so that case is tried again here.
 */
export function watch(changed, link) {
  const stream = new EventSource(`${base}/events`);
  stream.addEventListener('open', () => link(true));
  stream.addEventListener('change', (event) => changed(JSON.parse(event.data)));
  stream.addEventListener('error', () => {
    link(false);
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => watch(changed, link), 2000);
  });
}
