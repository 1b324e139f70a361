#!/usr/bin/env bash
# Package: twilio-taskrouter 2.1.1 (npm), the SDK of a worker's desktop, with ws 8.18.0 for a stand-in of its event bridge; Node.js 20.
# Expected: the SDK reconnects by itself, so that a Reservation that a page holds goes on with the same worker: it gets its events, and
#   what has happened in between is told.
# Behaviour: on each reconnect the SDK makes a new Reservation and a new Task for each one that is open and forgets those that it had given
#   out. The listeners that are on these stay silent for good, and their status stays what it was: a page that waits for "canceled" goes on
#   ringing for a caller who is gone. A reservation that came while the connection was lost is in worker.reservations, but
#   "reservationCreated" is not emitted for it; only a second "ready" says that something may have changed.
# Seen: before the connection was lost: the event came, status accepted
#       after it: events none, status pending; the new object: event canceled, status canceled
#       one that was created in between: listed true, announced false; ready 2 times
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts twilio-taskrouter@2.1.1 ws@8.18.0 >/dev/null
cat > desktop.cjs <<'JS'
const http = require('http');
const { WebSocketServer } = require('ws');
const { Worker } = require('twilio-taskrouter');

const same = { account_sid: 'AC1', workspace_sid: 'WS1', date_created: 1700000000, date_updated: 1700000000, version: '0' };
const worker = { ...same, sid: 'WK1', friendly_name: 'rep', attributes: '{}', activity_sid: 'WA1', activity_name: 'Available', available: true,
  date_status_changed: 1700000000 };
const activity = { ...same, sid: 'WA1', friendly_name: 'Available', available: true };
const reservation = (id, status) => ({ ...same, sid: `WR${id}`, worker_sid: 'WK1', reservation_status: status, reservation_timeout: 60,
  task: { ...same, sid: `WT${id}`, assignment_status: 'reserved', attributes: '{}', addons: '{}', age: 1, priority: 0, reason: null,
    queue_sid: 'WQ1', queue_name: 'queue', routing_target: null, task_channel_sid: 'TC1', task_channel_unique_name: 'voice', timeout: 60,
    workflow_sid: 'WW1', workflow_name: 'workflow', virtual_start_time: 1700000000 } });

let open = [reservation(1, 'pending'), reservation(2, 'pending')];
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (part) => { body += part; });
  request.on('end', () => {
    const { url } = JSON.parse(body);
    const lists = { Reservations: open, Activities: [activity], WorkerChannels: [] };
    const name = url.split('/').pop();
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ payload: lists[name] ? { contents: lists[name], after_sid: null } : worker }));
  });
});
let socket;
const tell = (event_type, payload) => socket.send(JSON.stringify({ event_type, payload }));
new WebSocketServer({ server }).on('connection', (opened) => {
  socket = opened;
  tell('init', { channel_id: 'WK1', account_sid: 'AC1', workspace_sid: 'WS1', token_lifetime: 3600000 });
});
const next = (emitter, event) => new Promise((go) => { emitter.once(event, go); });

server.listen(0, '127.0.0.1', async () => {
  const address = `127.0.0.1:${server.address().port}/`;
  const desk = new Worker('token', { ebServer: `http://${address}`, wsServer: `ws://${address}`, logLevel: 'silent' });
  let ready = 0;
  desk.on('ready', () => { ready += 1; });
  const announced = [];
  desk.on('reservationCreated', ({ sid }) => announced.push(sid));
  await next(desk, 'ready');
  const first = desk.reservations.get('WR1');
  const second = desk.reservations.get('WR2');
  tell('reservation.accepted', reservation(1, 'accepted'));
  await next(first, 'accepted');
  console.log(`before the connection was lost: the event came, status ${first.status}`);

  const events = [];
  ['canceled', 'rescinded', 'timeout', 'accepted', 'completed'].forEach((event) => second.on(event, () => events.push(event)));
  socket.close();
  open = [reservation(2, 'pending'), reservation(3, 'pending')];
  await next(desk, 'ready');
  const anew = desk.reservations.get('WR2');
  const listed = desk.reservations.has('WR3');
  tell('reservation.canceled', reservation(2, 'canceled'));
  await next(anew, 'canceled');
  console.log(`after it: events ${events.join() || 'none'}, status ${second.status}; the new object: event canceled, status ${anew.status}`);
  console.log(`one that was created in between: listed ${listed}, announced ${announced.includes('WR3')}; ready ${ready} times`);
  process.exit(0);
});
setTimeout(() => process.exit(2), 30000);
JS
seen=$(node desktop.cjs 2>/dev/null)
echo "$seen"
[ "$seen" = 'before the connection was lost: the event came, status accepted
after it: events none, status pending; the new object: event canceled, status canceled
one that was created in between: listed true, announced false; ready 2 times' ]
