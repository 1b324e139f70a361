#!/usr/bin/env bash
# Package: twilio-taskrouter 2.1.1 (npm), the SDK of a worker's desktop, against a port that closes each connection; Node.js 20.
# Expected: while the event bridge cannot be reached the SDK waits longer each time, as its generateBackOffInterval says: a random time of up
#   to 2^n - 1 seconds for the n-th attempt, at most 30.
# Behaviour: each attempt sets the number of attempts back to 1 before it is made, and not when it has succeeded, so n is 1 for ever, and the
#   random time lies between 0.8 and 1 second. In an outage every desktop of a contact center tries about once a second for as long as it
#   lasts, all of them at the same pace, and a thousand reps are a thousand connections a second when the bridge comes back.
# Seen (the pauses of the first twelve attempts, in ms):
#   952 992 831 937 807 861 911 812 894 962 863
# Fails if that changes (if one of them is 2 s or more: of eleven that grow as intended most are).
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts twilio-taskrouter@2.1.1 >/dev/null
cat > outage.cjs <<'JS'
const net = require('net');
const { Worker } = require('twilio-taskrouter');

const pauses = [];
let last;
const server = net.createServer((socket) => {
  socket.destroy();
  const now = Date.now();
  if (last) pauses.push(now - last);
  last = now;
  if (pauses.length === 11 || pauses.at(-1) >= 2000) {
    console.log(pauses.join(' '));
    process.exit(Math.max(...pauses) < 2000 ? 0 : 1);
  }
}).listen(0, '127.0.0.1', () => {
  const address = `127.0.0.1:${server.address().port}/`;
  new Worker('token', { ebServer: `http://${address}`, wsServer: `ws://${address}`, logLevel: 'silent' }).on('error', () => {});
});
setTimeout(() => process.exit(1), 60000);
JS
node outage.cjs 2>/dev/null
