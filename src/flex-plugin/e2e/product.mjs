// The product with its sandbox, as a process of its own, and the AI phone platform that speaks to it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TARGET = new URL('../../../target/', import.meta.url).pathname;
const KEY = 'e2e-key';

const freePort = () => new Promise((found) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => found(port)); });
});

function jar() {
  const built = process.env.HANDOFF_JAR ?? [join(TARGET, 'flex-handoff.jar')].find((path) => existsSync(path));
  if (!built) throw new Error('There is no jar of the product: mvn -DskipTests package, or name one in HANDOFF_JAR');
  return built;
}

async function until(what, ask, patience = 60_000) {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((go) => { setTimeout(go, 50); })) {
    const answer = await Promise.resolve().then(ask).catch(() => undefined);
    if (answer) return answer;
  }
  throw new Error(`Not in ${patience / 1000} s: ${what}`);
}

/** @param threadAttribute as the org has it set, or nothing */
export async function startProduct(threadAttribute) {
  const [port, management] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'flex-handoff-'));
  const sid = (prefix, n) => prefix + String(n).padStart(32, '0');
  const org = { 'account-sid': sid('AC', 1), 'auth-token': 'e2e-token', 'workspace-sid': sid('WS', 1), 'workflow-sid': sid('WW', 1), 'conversations-service-sid': sid('IS', 1), 'api-keys': KEY, 'webhook-token': 'e2e-webhook', ...(threadAttribute && { 'thread-attribute': threadAttribute }) };
  const settings = { 'handoff.http.port': port, 'handoff.management.port': management, 'handoff.data-dir': folder, 'handoff.sandbox.enabled': 'true', ...Object.fromEntries(Object.entries(org).map(([name, value]) => [`handoff.orgs.demo.${name}`, value])) };
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const product = spawn(java, ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar(), ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => product.kill());
  let log = '';
  product.stdout.on('data', (text) => { log += text; });
  const url = `http://127.0.0.1:${port}`;
  const send = async (method, path, body) => {
    const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  await until('the product answers', () => {
    if (product.exitCode !== null) { console.error(log); process.exit(1); }
    return send('GET', '/sandbox/api/state');
  }, 300_000);
  const state = () => send('GET', '/sandbox/api/state');
  const say = (call, segments) => send('POST', `/api/v1/orgs/demo/calls/${call}/transcript`, { segments: segments.map((s) => ({ id: `s${s.sequence}`, spokenAt: new Date().toISOString(), ...s })) });
  const threadOf = async (call) => send('GET', `/sandbox/api/conversations/${(await send('GET', `/api/v1/orgs/demo/handoffs/${call}`)).conversationSid}`);
  return {
    url, send, say, until, threadOf,
    log: () => log,
    /** Ends what a test has left, so that the rep is free for the next. */
    async tidyUp() {
      await send('DELETE', '/sandbox/api/faults');
      for (const task of (await state()).tasks.filter((one) => !['completed', 'canceled'].includes(one.status))) {
        for (const step of ['accept', 'wrap-up', 'complete']) await send('POST', `/sandbox/api/tasks/${task.sid}/${step}`).catch(() => undefined);
      }
    },
    /** A call that the AI hands over, and its task when the rep is offered it; the thread has its note by then. */
    async handOver({ lines, language, reason, summary, sentiment, customData }) {
      const { callSid } = await send('POST', '/sandbox/api/calls', {});
      const segments = lines.map(([speaker, text, sequence], i) => ({ sequence: sequence ?? i + 1, speaker, text, language }));
      await say(callSid, segments);
      await send('POST', `/api/v1/orgs/demo/calls/${callSid}/escalation`, { id: 'e1', occurredAt: new Date().toISOString(), reason, summary, sentiment, language, customData });
      const task = await until('a rep is offered the task', async () => (await state()).tasks.find((t) => t.callSid === callSid && t.status === 'reserved'));
      await until('the note is written', async () => (await threadOf(callSid)).messages.some((m) => m.attributes.kind === 'pointer'));
      return { callSid, task };
    },
    async stop() { product.kill('SIGTERM'); await new Promise((ended) => { product.once('exit', ended); }); rmSync(folder, { recursive: true, force: true }); },
  };
}
