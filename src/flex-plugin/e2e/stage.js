// What stands around Flex UI in the test: its manager and store without a login, a task and a Conversations client that are the
// product's sandbox. Everything that a rep sees and that Flex decides is Flex UI's own code.
/* global Flex, FlexModule */
const IDENTITY = 'riley';
const REQUEST_MS = 50; // as a request to Twilio takes
const api = async (method, path, body) => {
  const answer = await fetch(`/sandbox/api${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
  if (!answer.ok) throw Object.assign(new Error((await answer.json().catch(() => ({}))).detail ?? answer.status), { status: answer.status });
  return answer.status === 204 ? null : answer.json();
};
const request = async (...args) => { await new Promise((go) => { setTimeout(go, REQUEST_MS); }); return api(...args); };

function emitter(object) {
  const heard = {};
  object.on = object.addListener = (event, hear) => { (heard[event] ??= []).push(hear); return object; };
  object.off = object.removeListener = (event, hear) => { heard[event] = (heard[event] ?? []).filter((other) => other !== hear); return object; };
  object.removeAllListeners = () => object;
  object.emit = (event, ...args) => (heard[event] ?? []).slice().forEach((hear) => hear(...args));
  object.heard = (event) => (heard[event] ?? []).length;
  return object;
}

/** What a call of so many turns adds, behind those of the sandbox. */
const more = (json, many) => Array.from({ length: Math.max(0, many - json.messages.filter((m) => m.attributes.speaker).length) }, (_, i) => ({
  sid: `IM${String(i).padStart(32, '9')}`, index: json.messages.length + i, author: i % 2 ? 'Caller' : 'AI Support Agent', dateCreated: new Date(Date.parse(json.messages[0].dateCreated) + i).toISOString(),
  body: `Turn ${i} of a very long call. ${'It goes on and on. '.repeat(i % 7)}`, attributes: { speaker: i % 2 ? 'caller' : 'ai', sequence: 9 + i, spokenAt: new Date(Date.parse(json.messages[0].dateCreated) + i).toISOString() } }));

function conversationOf(first, many = 0) {
  const added = [];
  const known = emitter({ sid: first.sid, limits: {}, lastReadMessageIndex: null, friendlyName: first.uniqueName, uniqueName: first.uniqueName, calls: [] });
  const message = (m) => ({ ...m, dateCreated: new Date(m.dateCreated), dateUpdated: new Date(m.dateCreated), conversation: known, type: 'text', participantSid: null,
    attachedMedia: null, media: null, aggregatedDeliveryReceipt: null, getMessageRecipients: async () => [], getDetailedDeliveryReceipts: async () => [], getMediaByCategories: () => [] });
  const take = (json) => Object.assign(known, { attributes: json.attributes, state: { current: json.state }, status: json.participants.includes(IDENTITY) ? 'joined' : 'notParticipating', json });
  take(first);
  const page = async (size, end) => {
    const json = await request('GET', `/conversations/${known.sid}`);
    const all = [...json.messages, ...more(json, many), ...added];
    const to = end ?? all.length;
    const from = Math.max(0, to - size);
    return { items: all.slice(from, to).map(message), hasPrevPage: from > 0, hasNextPage: to < all.length, prevPage: () => page(size, from), nextPage: () => page(size, all.length) };
  };
  return Object.assign(known, {
    getMessages: (size = 30) => page(size),
    getParticipants: async () => [], getMessageRecipients: async () => ({ items: [], hasNextPage: false }),
    updateAttributes: async (attributes) => { known.calls.push('updateAttributes'); await request('POST', `/conversations/${known.sid}/attributes`, attributes); known.attributes = attributes; return known; },
    join: async () => { known.calls.push('join'); await request('POST', `/conversations/${known.sid}/participants`, { identity: IDENTITY }); known.status = 'joined'; return known; },
    leave: async () => { known.calls.push('leave'); if (known.status === 'joined') await request('DELETE', `/conversations/${known.sid}/participants/${IDENTITY}`); known.status = 'notParticipating'; return known; },
    say: (body) => {
      const index = known.json.messages.length + many + added.length;
      added.push({ sid: `IM${String(index).padStart(32, '8')}`, index, author: 'Caller', body, dateCreated: new Date().toISOString(), attributes: { speaker: 'caller', sequence: index, spokenAt: new Date().toISOString() } });
      known.emit('messageAdded', message(added.at(-1)));
    },
    updateLastReadMessageIndex: async () => 0, setAllMessagesRead: async () => 0, getUnreadMessagesCount: async () => 0, getMessagesCount: async () => known.json.messages.length, typing: async () => undefined,
    refresh: async () => {
      const before = new Map(known.json.messages.map((m) => [m.sid, m.body]));
      take(await api('GET', `/conversations/${known.sid}`));
      known.json.messages.forEach((m) => {
        if (!before.has(m.sid)) known.emit('messageAdded', message(m));
        else if (before.get(m.sid) !== m.body) known.emit('messageUpdated', { message: message(m), updateReasons: ['body'] });
      });
    },
  });
}

/** A Conversations client: it gives a conversation to a participant, and tells what is said; `readable` is a role that may read all. */
function clientOf({ readable, many }) {
  const conversations = new Map();
  const client = emitter({ user: emitter({ identity: IDENTITY, friendlyName: IDENTITY }), token: 'token', connectionState: 'connected', conversations,
    getSubscribedConversations: async () => ({ items: [], hasNextPage: false }),
    getUser: async (identity) => emitter({ identity, friendlyName: identity, isOnline: true, unsubscribe: async () => undefined }),
    asked: 0,
    getConversationBySid: async (sid) => {
      client.asked += 1;
      const json = await request('GET', `/conversations/${sid}`);
      if (!readable && !json.participants.includes(IDENTITY)) throw Object.assign(new Error('Forbidden'), { status: 403 });
      if (!conversations.has(sid)) conversations.set(sid, conversationOf(json, many));
      return conversations.get(sid);
    } });
  const stream = new EventSource('/sandbox/api/events');
  stream.addEventListener('change', async (event) => {
    const { resource, sid } = JSON.parse(event.data);
    if (resource !== 'conversation') return;
    const known = conversations.get(sid);
    if (known) await known.refresh();
    else if ((await api('GET', `/conversations/${sid}`)).participants.includes(IDENTITY)) client.emit('conversationJoined', await client.getConversationBySid(sid));
  });
  client.close = () => stream.close();
  return client;
}

function taskOf(json, changes) {
  const sid = json.reservation?.sid ?? `WR${'1'.repeat(32)}`;
  const calls = [];
  const attributes = { ...json.attributes, ...changes };
  return { sid, reservationSid: sid, taskSid: json.sid, attributes, calls, taskChannelUniqueName: 'voice', channelType: 'voice', status: 'pending', taskStatus: 'reserved',
    dateCreated: new Date(json.createdAt), dateUpdated: new Date(), defaultFrom: json.attributes.from, queueName: 'Human Support', queueSid: 'WQ1', workflowName: 'Support', workflowSid: 'WW1',
    priority: 0, age: 1, timeout: 120, workerSid: 'WK1', conference: undefined, addOns: {}, source: emitter({ sid: json.sid, attributes }), sourceObject: emitter({}), getChannels: async () => [],
    wrapUp: async () => { calls.push('wrapUp'); await api('POST', `/tasks/${json.sid}/wrap-up`); window.on.reserved('wrapup'); },
    complete: async () => { calls.push('complete'); await api('POST', `/tasks/${json.sid}/complete`); window.on.reserved('completed'); } };
}

/** Sets the stage for one task of the sandbox and draws Flex's canvas of it. */
window.stage = function stage(json, { plugin = true, lang = 'en', changes = {}, readable = false, supervisor = false, many = 0, theirs } = {}) {
  const reduce = (s = {}, a) => ({ ...s, flex: a.type === 'HOST' ? a.change(Flex.FlexReducer(s.flex, a)) : Flex.FlexReducer(s.flex, a) });
  const store = Redux.createStore(reduce, Flex.applyFlexMiddleware());
  const ids = { account_sid: `AC${'0'.repeat(32)}`, flex_instance_sid: `GO${'0'.repeat(32)}` };
  const manager = new Flex.Manager({ accountSid: ids.account_sid, chatOrchestrationServiceUrl: '/flex/v1/Channels' }, store);
  const own = (name, value) => Object.defineProperty(manager, name, { get: () => value, configurable: true });
  own('serviceConfiguration', ids);
  own('user', { identity: IDENTITY, roles: ['agent'], token: 't', tokenExpirationDate: new Date(Date.now() + 36e5), permissions: { hasPermission: () => true, has: () => true } });
  own('localization', { localeTag: lang });
  for (let c = manager.constructor; c && c !== Function.prototype; c = Object.getPrototypeOf(c)) c._instance = manager;
  const client = clientOf({ readable, many });
  FlexModule.conversationsClient = client;
  const task = taskOf(json, changes);
  const set = (change) => store.dispatch({ type: 'HOST', change });
  const show = (more) => { Object.assign(task, more); set((f) => ({ ...f, worker: { ...f.worker, tasks: new Map([[task.sid, { ...task }]]), attributes: { contact_uri: `client:${IDENTITY}` } } })); };
  set((f) => ({ ...f, chat: { ...f.chat, conversations: {}, session: { ...f.chat.session, client } } }));
  show(supervisor ? { status: 'accepted', taskStatus: 'assigned' } : {});
  theirs?.(Flex);
  if (plugin) window.plugins.forEach((Plugin) => new Plugin().init(Flex, manager));
  manager.events?.emit?.('pluginsInitialized');
  const E = React.createElement;
  const canvas = supervisor ? E(Flex.Supervisor.TaskCanvasTabs) : E(Flex.TaskCanvas);
  ReactDOM.render(E(ReactRedux.Provider, { store }, E(Flex.ContextProvider, { manager },
    E(Flex.TaskContextSource, { taskSid: task.sid }, E('div', { style: { height: '100vh', display: 'flex', flexDirection: 'column' } }, canvas)))), document.getElementById('root'));
  window.on = { manager, store, client, task, show, api,
    // as Flex's listener of a reservation does
    reserved: (event) => {
      Flex.ChatOrchestrator.handleReservationEvent(event, task).catch(() => undefined);
      manager.events.emitTaskUpdated(task, event);
    },
    accept: async () => {
      await api('POST', `/tasks/${json.sid}/accept`);
      window.acceptedAt = performance.now();
      show({ status: 'accepted', taskStatus: 'assigned' });
      window.on.reserved('accepted');
      if (Flex.TaskHelper.isChatBasedTask(task)) Flex.ConversationState.Actions.initWithConversationSid(Flex.TaskHelper.getTaskConversationSid(task));
    },
    act: async (name, status) => {
      await Flex.Actions.invokeAction(name, { task }).catch((failure) => task.calls.push(`${name}: ${failure.message ?? failure}`));
      show(status);
      return task.calls;
    } };
};
