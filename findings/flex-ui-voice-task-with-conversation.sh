#!/usr/bin/env bash
# Packages: @twilio/flex-ui 2.17.1 with react and react-dom 17.0.2, in jsdom 16.7.0 (npm); Node.js 20.
# Expected: conversationSid on a voice task is data for plugins; the task channel decides what Flex takes a task for, and a rep can end
#   the task whatever becomes of a conversation beside it.
# Behaviour: Flex takes a voice task with conversationSid for a call and for a chat. When the rep's client cannot read that
#   conversation, WrapupTask and CompleteTask fail before they come to the reservation; when it can, Flex writes status INACTIVE into
#   the conversation's attributes and leaves it. Without conversationSid neither happens.
# Seen: without               call true chat false | reservation wrapUp,complete | conversation {"ours":1} -
#       readable              call true chat true | reservation wrapUp,complete | conversation {"ours":1,"status":"INACTIVE"} leave
#       not readable          call true chat true | reservation - | conversation {"ours":1} -
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @twilio/flex-ui@2.17.1 react@17.0.2 react-dom@17.0.2 jsdom@16.7.0 >/dev/null
cat > ask.cjs <<'JS'
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/', pretendToBeVisual: true });
const own = new Set(['navigator', 'Event', 'EventTarget', 'CustomEvent', 'MessageEvent']);
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis) || own.has(name)) Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}
Object.assign(globalThis, { window, self: window, React: require('react') });
window.React = React;
window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {} });
globalThis.Audio = window.Audio = class { addEventListener() {} play() { return Promise.resolve(); } };
window.fetch = globalThis.fetch = () => Promise.reject(new Error('offline'));
const { log } = console;
['log', 'info', 'warn', 'error', 'debug'].forEach((name) => { console[name] = () => {}; });
const Flex = require('@twilio/flex-ui');
globalThis.Handlebars = window.Handlebars || require('handlebars');

const reduce = (s = {}, a) => ({ flex: a.type === 'SET' ? a.change(s.flex) : Flex.FlexReducer(s.flex, a) });
const store = require('redux').createStore(reduce, Flex.applyFlexMiddleware());
const manager = new Flex.Manager({ accountSid: 'AC' + '0'.repeat(32) }, store);
Object.defineProperty(manager, 'serviceConfiguration', { get: () => ({ flex_instance_sid: 'GO' + '0'.repeat(32) }) });
for (let c = manager.constructor; c && c !== Function.prototype; c = Object.getPrototypeOf(c)) c._instance = manager;

const CH = 'CH' + '1'.repeat(32);
async function ask(name, conversationSid, readable) {
  const done = [];
  const left = [];
  const conversation = { sid: CH, status: 'joined', attributes: { ours: 1 }, state: { current: 'active' },
    on() {}, addListener() {}, removeListener() {}, removeAllListeners() {},
    getParticipants: async () => [], getMessages: async () => ({ items: [], hasPrevPage: false }), getMessageRecipients: async () => ({ items: [] }),
    updateAttributes: async (attributes) => { conversation.attributes = attributes; }, leave: async () => { left.push('leave'); } };
  const client = { user: { identity: 'rep' }, getConversationBySid: async () => { if (readable) return conversation; throw new Error('Forbidden'); } };
  const task = { sid: 'WR' + name, taskSid: 'WT' + name, attributes: conversationSid ? { conversationSid } : {}, taskChannelUniqueName: 'voice',
    channelType: 'voice', status: 'accepted', taskStatus: 'assigned', source: {}, getChannels: async () => [],
    wrapUp: async () => { done.push('wrapUp'); }, complete: async () => { done.push('complete'); } };
  store.dispatch({ type: 'SET', change: (f) => ({ ...f, chat: { ...f.chat, conversations: {}, session: { ...f.chat.session, client } },
    worker: { ...f.worker, tasks: new Map([[task.sid, task]]) } }) });
  if (conversationSid) { // as Flex does when the rep accepts
    await Flex.ConversationState.Actions.initWithConversationSid(CH);
    await new Promise((go) => { setTimeout(go, 300); });
  }
  for (const [action, status] of [['WrapupTask', 'accepted'], ['CompleteTask', 'wrapping']]) {
    task.status = status;
    await Flex.Actions.invokeAction(action, { task }).catch(() => undefined);
  }
  log(`${name.padEnd(21)} call ${Flex.TaskHelper.isCallTask(task)} chat ${Flex.TaskHelper.isChatBasedTask(task)} | reservation ${done.join() || '-'}`
    + ` | conversation ${JSON.stringify(conversation.attributes)} ${left.join() || '-'}`);
}
(async () => {
  await ask('without', undefined, true);
  await ask('readable', CH, true);
  await ask('not readable', CH, false);
  process.exit(0);
})();
JS
out=$(node ask.cjs); echo "$out"
said() { grep "^$1 " <<<"$out" | tr -s ' ' | cut -d' ' -f"$2"-; }
[ "$(said without 2)" = 'call true chat false | reservation wrapUp,complete | conversation {"ours":1} -' ]
[ "$(said readable 2)" = 'call true chat true | reservation wrapUp,complete | conversation {"ours":1,"status":"INACTIVE"} leave' ]
[ "$(said 'not readable' 3)" = 'call true chat true | reservation - | conversation {"ours":1} -' ]
