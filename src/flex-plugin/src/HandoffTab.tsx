import React, { useCallback, useMemo, useState } from 'react';
import type { Client } from '@twilio/conversations';
import { Conversation } from './Conversation';
import { Handoff, handoffOf, HandoffTask, isHandedOff } from './handoff';
import { Mood, Note, noteText } from './Note';
import { Words } from './texts';
import { lastWordsOf, Turn, useThread } from './thread';

export interface Flexs { client(): Client | undefined; words(): Words; Root: React.ElementType }
interface Props { flex: Flexs; task?: HandoffTask }
interface Inside { flex: Flexs; handoff: Handoff }

/** Flex takes its whole canvas down with a tab that throws. */
export class Guard extends React.Component<{ sentence: string }, { broken: boolean }> {
  state = { broken: false };

  static getDerivedStateFromError() { return { broken: true }; }

  render() { return this.state.broken ? <p role="alert">{this.props.sentence}</p> : this.props.children; }
}

const Copying: React.FC<Inside & { last?: Turn; whole?: string; show(turn: Turn): void }> = ({ flex, handoff, last, whole, show, children }) => {
  const words = flex.words();
  const [said, say] = useState('');
  const copy = useCallback(() => {
    const written = navigator.clipboard?.writeText(noteText(handoff, last, words)) ?? Promise.reject();
    written.then(() => say(words.t.copied), () => say(words.t.notCopied));
  }, [handoff, last, words]);
  const key = (event: React.KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !(event.target instanceof HTMLInputElement);
    if (plain && event.key.toLowerCase() === 'c') copy();
  };
  return (
    <flex.Root className="handoff" tabIndex={-1} aria-label={words.t.tab} lang={words.lang} dir={words.dir} onKeyDown={key}>
      <Note handoff={handoff} words={words} last={last} whole={whole} show={show} copy={copy} />
      <p role="status" className="said">{said}</p>
      {children}
    </flex.Root>
  );
};

const WithThread: React.FC<Inside> = ({ flex, handoff }) => {
  const words = flex.words();
  const thread = useThread(flex.client, handoff);
  const [jump, setJump] = useState<{ turn: Turn }>();
  const last = useMemo(() => lastWordsOf(thread.turns, handoff.at), [thread.turns, handoff.at]);
  return (
    <Copying flex={flex} handoff={handoff} last={last} whole={thread.note} show={(turn) => setJump({ turn })}>
      {thread.state === 'ready'
        ? <Conversation thread={thread} words={words} language={handoff.language} jump={jump} />
        : <p role="status">{words.t[thread.state]} {thread.state === 'failed' && <button type="button" onClick={thread.again}>{words.t.again}</button>}</p>}
    </Copying>
  );
};

const draw = (Content: React.FC<Inside>): React.FC<Props> => ({ flex, task }) => {
  const attributes = task?.attributes;
  // Flex hands over a task object of its own on every change: only its attributes count
  const handoff = useMemo(() => (task && isHandedOff(task) ? handoffOf(task) : undefined), [task?.sid, attributes]); // eslint-disable-line
  return handoff ? <Guard sentence={flex.words().t.broken}><Content key={task?.sid} flex={flex} handoff={handoff} /></Guard> : null;
};

export const HandoffTab = draw(WithThread);

/** For a supervisor, who is no participant of the thread. */
export const NoteTab = draw(({ flex, handoff }) => <Copying flex={flex} handoff={handoff} show={() => undefined} />);

/** On the card of a task that rings. */
export const Ringing = draw(({ flex, handoff }) => {
  const words = flex.words();
  return (
    <flex.Root className="handoff ringing" aria-label={words.t.tab} lang={words.lang} dir={words.dir}>
      <h2 dir="auto">{handoff.reason || words.t.noReason}</h2>
      <Mood handoff={handoff} words={words} />
    </flex.Root>
  );
});
