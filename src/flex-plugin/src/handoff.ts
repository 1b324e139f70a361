import known from './attributes.json';

/** A handoff as it stands in the attributes of a voice task. */
export type Attributes = Record<string, unknown>;
export interface HandoffTask { sid: string; status?: string; taskChannelUniqueName: string; defaultFrom?: string; attributes: Attributes }
export interface Handoff {
  reason: string; summary: string; sentiment: 'positive' | 'neutral' | 'negative'; language: string; at: string; number: string;
  data: [string, string][]; threadSid?: string; flexJoins: boolean;
}

/** `handoff.orgs.<org>.thread-attribute`: `conversationSid`, which Flex itself knows, this one, or any other that holds such a SID. */
const THREAD_ATTRIBUTE = 'handoffThreadSid';
const THREAD = /^CH[0-9a-f]{32}$/;

/** What Twilio, Flex and the handoff itself write on a task; the rest is the AI's and the routing's own data. */
const KNOWN = new Set(known);

const text = (value: unknown) => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value));

export const isHandedOff = (task?: HandoffTask): task is HandoffTask =>
  task?.taskChannelUniqueName === 'voice' && task.attributes?.handedOff === true;

export function handoffOf(task: HandoffTask): Handoff {
  const a = task.attributes;
  const flexs = text(a.conversationSid);
  const named = Object.keys(a).find((name) => !KNOWN.has(name) && THREAD.test(text(a[name])));
  const own = text(a[THREAD_ATTRIBUTE]) || (!flexs && named ? text(a[named]) : '');
  const mood = text(a.handoffSentiment);
  return {
    reason: text(a.handoffReason), summary: text(a.handoffSummary),
    sentiment: mood === 'positive' || mood === 'negative' ? mood : 'neutral',
    language: text(a.handoffLanguage), at: text(a.handoffTimestamp),
    number: text(a.name) || text(a.caller) || text(a.from) || task.defaultFrom || '',
    data: Object.keys(a).filter((name) => !KNOWN.has(name) && a[name] !== own).map((name) => [name, text(a[name])]),
    threadSid: own || flexs || undefined, flexJoins: !own,
  };
}
