/** A handoff as it stands in the attributes of a voice task. */
export type Attributes = Record<string, unknown>;
export interface HandoffTask { sid: string; status?: string; taskChannelUniqueName: string; defaultFrom?: string; attributes: Attributes }
export interface Handoff {
  reason: string; summary: string; sentiment: 'positive' | 'neutral' | 'negative'; language: string; at: string; number: string;
  data: [string, string][]; threadSid?: string; flexJoins: boolean;
}

/** `handoff.orgs.<org>.thread-attribute`, where it is not `conversationSid`: that one Flex itself knows. */
export const THREAD_ATTRIBUTE = 'handoffThreadSid';

/** What Twilio, Flex and the handoff itself write on a task; the rest is the AI's and the routing's own data. */
const KNOWN = new Set(('account_sid api_version call_sid call_status called called_city called_country called_state called_zip caller caller_city '
  + 'caller_country caller_state caller_zip direction from from_city from_country from_state from_zip to to_city to_country to_state to_zip '
  + 'conference worker_call_sid conversations conversationSid handedOff handoffReason handoffSummary handoffSentiment handoffLanguage '
  + 'handoffTimestamp name transcriptStatus conversationUniqueName').split(' ')).add(THREAD_ATTRIBUTE);

const text = (value: unknown) => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value));

export const isHandedOff = (task?: HandoffTask): task is HandoffTask =>
  task?.taskChannelUniqueName === 'voice' && task.attributes?.handedOff === true;

export function handoffOf(task: HandoffTask): Handoff {
  const a = task.attributes;
  const own = text(a[THREAD_ATTRIBUTE]);
  const mood = text(a.handoffSentiment);
  return {
    reason: text(a.handoffReason), summary: text(a.handoffSummary),
    sentiment: mood === 'positive' || mood === 'negative' ? mood : 'neutral',
    language: text(a.handoffLanguage), at: text(a.handoffTimestamp),
    number: text(a.name) || text(a.caller) || text(a.from) || task.defaultFrom || '',
    data: Object.keys(a).filter((name) => !KNOWN.has(name)).map((name) => [name, text(a[name])]),
    threadSid: own || text(a.conversationSid) || undefined, flexJoins: !own,
  };
}
