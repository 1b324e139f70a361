// What Flex's page does with the thread of a task, beside what it does with the task.

import { get, post, remove } from './api.js';

const THREAD = /^CH[0-9a-f]{32}$/;

/** The thread that a task names, in `conversationSid` or the attribute of the org's own. */
export function threadOf(task) {
  const { conversationSid, ...others } = task?.attributes ?? {};
  return conversationSid ?? Object.values(others).find((value) => THREAD.test(value));
}

const identityOf = (task) => task.reservation?.worker?.name ?? 'rep';
const path = (task, more) => `/conversations/${threadOf(task)}${more}`;

/** As the rep accepts: Flex adds the rep to the thread. Throws what refuses that. */
export async function join(task) {
  if (!threadOf(task)) return;
  const { participants } = await get(path(task, ''));
  if (!participants.includes(identityOf(task))) await post(path(task, '/participants'), { identity: identityOf(task) });
}

/** As the rep wraps up: Flex without the plugin writes into the thread's attributes. */
export async function deactivate(task) {
  if (!threadOf(task)) return;
  const { attributes } = await get(path(task, ''));
  await post(path(task, '/attributes'), { ...attributes, status: 'INACTIVE' });
}

/** As the task is completed: the rep leaves. */
export async function leave(task) {
  if (threadOf(task)) await remove(path(task, `/participants/${encodeURIComponent(identityOf(task))}`));
}
