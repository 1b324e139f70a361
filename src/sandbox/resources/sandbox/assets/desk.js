// A rep's desk: keeps the state of the sandbox, redraws in place when something changes, and does what the rep clicks.

import { get, post, watch } from './api.js';
import { byId, el, setHidden, setText } from './dom.js';
import { deactivate, join, leave, threadOf } from './flex.js';
import { drawFaults, loadFaults } from './faults.js';
import { drawLists, tick } from './lists.js';
import { drawPanel, lastWordsOf, noteText, possible } from './panel.js';
import { LANGUAGES, rep, speak } from './texts.js';
import { drawThread, jumpTo } from './thread.js';
import { drawWaiting } from './waiting.js';
import { ENDED, FINISHED, languageName, stateOf } from './words.js';

const desk = {
  calls: [],
  tasks: [],
  selected: null, // a call's SID, or a task's where the task has no call
  conversation: null,
  handoffs: new Map(), // what the product says of each call, by its SID
  refused: new Set(), // SIDs of tasks to whose thread the rep was not added
  callOf: (task) => desk.calls.find((call) => call.sid === task.callSid),
  // a call that was enqueued anew has several tasks: the open one counts, then the newest
  taskOf: (call) => {
    const tasks = desk.tasks.filter((task) => task.callSid === call.sid);
    return tasks.find((task) => !FINISHED.has(task.status)) ?? tasks[0];
  },
  get selectedCall() {
    return desk.calls.find((call) => call.sid === desk.selected);
  },
  handoffOf: (call) => desk.handoffs.get(call?.sid),
  get selectedTask() {
    return desk.selectedCall ? desk.taskOf(desk.selectedCall) : desk.tasks.find((task) => task.sid === desk.selected);
  },
};

const oneColumn = matchMedia('(max-width: 47.9rem)');
const announce = (text) => setText(byId('announcer'), text);
let lastState = null;

function draw() {
  const { selectedCall: call, selectedTask: task } = desk;
  drawLists(desk, (sid) => select(sid, oneColumn.matches));
  const refused = Boolean(task) && desk.refused.has(task.sid);
  const handoff = desk.handoffOf(call);
  drawPanel(call, task, refused ? null : desk.conversation, handoff);
  drawWaiting(call, task, desk.tasks, handoff);
  drawThread(desk.conversation, task, refused, handoff);
  drawFaults(change);
  const now = stateOf(call, task, handoff);
  const state = (call || task) && `${desk.selected}: ${now}`;
  if (state && state !== lastState) {
    const reason = task?.status === 'reserved' && task.attributes.handoffReason;
    announce(`${now}${reason ? `: ${reason}` : ''}`);
  }
  lastState = state;
}

// Changes arrive in bursts: one load runs at a time, and at most one more waits behind it.
let loads = Promise.resolve();
let waiting = null;

/** Resolves when a load that began after this call is drawn. */
function refresh() {
  waiting ??= loads = loads.then(() => {
    waiting = null;
    return load();
  });
  return waiting;
}

const conversationSid = () => desk.selectedCall?.conversationSid ?? threadOf(desk.selectedTask);

async function load() {
  try {
    const [state, handoffs] = await Promise.all([get('/state'), get('/handoffs'), loadFaults()]);
    Object.assign(desk, state);
    // newest first: of several handoffs of a call the latest counts
    desk.handoffs = new Map(handoffs.reverse().map((handoff) => [handoff.callSid, handoff]));
    desk.tasks = desk.tasks.filter((task) => !task.withAi); // the AI's own, of calls that came through Flex
    const sid = conversationSid();
    const conversation = sid ? await get(`/conversations/${sid}`) : null;
    if (sid === conversationSid()) desk.conversation = conversation;
    draw();
    showLink(null);
  } catch (failure) {
    showLink(failure.message);
    setTimeout(refresh, 2000);
  }
}

/** @param toPanel whether the visitor goes along; in one column the panel is out of sight otherwise */
async function select(sid, toPanel) {
  if (sid !== desk.selected) desk.conversation = null;
  desk.selected = sid;
  setHidden(byId('action-problem'), true);
  draw();
  if (toPanel) {
    byId('panel-title').focus({ preventScroll: oneColumn.matches });
    if (oneColumn.matches) byId('call').scrollIntoView();
  }
  await refresh();
}

let streaming = null;

function showLink(trouble) {
  byId('link').dataset.up = streaming && !trouble;
  setText(byId('link-text'), trouble ?? (streaming ? 'Live' : streaming === null ? 'Connecting…' : 'Connection lost. Reconnecting…'));
}

function link(up) {
  streaming = up;
  showLink(null);
  if (up) refresh();
}

/** Whether the product has something to do for a call still; for a while after its end it may find out what has become of it. */
function isUnsettled(call) {
  const handoff = desk.handoffOf(call);
  const justEnded = call.endedAt && Date.now() - Date.parse(call.endedAt) < 30_000;
  return !ENDED.has(call.status) || justEnded || handoff?.transcript.parked > 0 || handoff?.state === 'escalated';
}

function complain(text) {
  setText(byId('banner'), text ?? '');
  setHidden(byId('banner'), !text);
}

function onAction(id, path, flex = async () => {}) {
  byId(id).addEventListener('click', async () => {
    const { selectedCall: call, selectedTask: task } = desk;
    if (!possible(call, task)[id]) return;
    const problem = byId('action-problem');
    setHidden(problem, true);
    try {
      await post(path(call, task));
      await flex(task);
      await refresh();
    } catch (failure) {
      setText(problem, failure.message);
      setHidden(problem, false);
    }
  });
}

/** A thread that refuses the rep keeps nobody from the task: the note stands, as with the plugin in Flex. */
async function joinThread(task) {
  try {
    await join(task);
    desk.refused.delete(task.sid);
  } catch {
    desk.refused.add(task.sid);
  }
}

const readable = (task) => !desk.refused.has(task.sid);

onAction('accept', (call, task) => `/tasks/${task.sid}/accept`, joinThread);
onAction('wrap-up', (call, task) => `/tasks/${task.sid}/wrap-up`, async (task) => readable(task) && deactivate(task));
onAction('complete', (call, task) => `/tasks/${task.sid}/complete`, async (task) => readable(task) && leave(task));
onAction('hangup', (call) => {
  if (placedHere.has(call.sid)) post(`/demo-calls/${call.sid}/stop`).catch(() => {}); // the script ends with its caller
  return `/calls/${call.sid}/hangup`;
});

/** Changes the faults; what goes wrong with that is said on top. */
async function change(faults) {
  complain(null);
  try {
    await faults();
    await refresh();
  } catch (failure) {
    complain(`The faults are as they were: ${failure.message}`);
  }
}

byId('again').addEventListener('click', async () => {
  await joinThread(desk.selectedTask);
  await refresh();
});

async function copy() {
  const done = await navigator.clipboard?.writeText(noteText(desk.selectedTask, desk.conversation)).then(
    () => true,
    () => false,
  );
  setText(byId('copied'), done ? rep.t.copied : rep.t.notCopied);
}

byId('copy').addEventListener('click', copy);
byId('rep').addEventListener('keydown', (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.matches('select');
  if (plain && event.key.toLowerCase() === 'c' && !byId('handoff').hidden) copy();
});
byId('show-last').addEventListener('click', () => {
  const last = lastWordsOf(desk.conversation, desk.selectedTask.attributes.handoffTimestamp);
  byId('search').value = '';
  draw();
  jumpTo(last);
});
byId('search').addEventListener('input', draw);
byId('search').addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  byId('search').value = '';
  draw();
});
byId('rep-language').replaceChildren(
  ...LANGUAGES.map((lang) => {
    const option = el('option', '', languageName(lang, lang));
    option.value = lang;
    option.lang = lang;
    return option;
  }),
);
byId('rep-language').addEventListener('change', ({ target }) => {
  speak(target.value);
  draw();
});

const placedHere = new Set();
let placing = false;

byId('demo-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  if (placing) return; // a double click is one call
  placing = true;
  complain(null);
  try {
    const { callSid } = await post('/demo-calls', {
      script: byId('demo-script').value || undefined,
      way: byId('demo-way').value,
      nobody: byId('demo-rep').value === 'nobody',
    });
    placedHere.add(callSid);
    await refresh();
    await select(callSid, true);
    follow(callSid);
  } catch (failure) {
    complain(`The demo call could not be placed: ${failure.message}`);
  } finally {
    placing = false;
  }
});

/** Asks how the recorded script gets on, since what the product refuses is no change of the sandbox. */
async function follow(callSid) {
  const play = await get(`/demo-calls/${callSid}`).catch(() => null);
  if (play?.state === 'playing') setTimeout(() => follow(callSid), 1000);
  else if (play?.state === 'failed') complain(`The demo call stopped: ${play.failure}`);
}

async function loadScripts() {
  const scripts = await get('/demo-scripts');
  byId('demo-script').replaceChildren(
    ...scripts.map(({ name, title, language }) => {
      const option = el('option', '', `${languageName(language.split('-')[0])}: ${title}`);
      option.value = name;
      return option;
    }),
  );
  byId('demo-script').disabled = false;
}

setInterval(() => {
  tick();
  drawWaiting(desk.selectedCall, desk.selectedTask, desk.tasks, desk.handoffOf(desk.selectedCall));
}, 1000);
setInterval(() => desk.selectedTask && draw(), 5000);
// what the product does beside Twilio, such as waiting for it, is no change of the sandbox
setInterval(() => !document.hidden && desk.calls.some(isUnsettled) && refresh(), 2000);
watch(refresh, link);
loadScripts().catch((failure) => complain(`The recorded scripts could not be read: ${failure.message}`));
