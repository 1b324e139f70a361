import React from 'react';
import * as Flex from '@twilio/flex-ui';
import { FlexPlugin } from '@twilio/flex-plugin';
import { Flexs, HandoffTab, NoteTab, Ringing } from './HandoffTab';
import { handoffOf, HandoffTask, isHandedOff } from './handoff';
import { style } from './style';
import { Texts, Words, wordsIn } from './texts';

const NAME = 'handoff';
type Callback = (task: Flex.ITask) => Flex.ChatOrchestratorEvent[];
type Drawn = React.ComponentProps<typeof HandoffTab>;
const asked = ({ task }: { task?: Flex.ITask }) => isHandedOff(task as unknown as HandoffTask);

export default class HandoffPlugin extends FlexPlugin {
  constructor() { super('HandoffPlugin'); }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    let words: Words | undefined;
    const flexs: Flexs = {
      client: () => manager.conversationsClient as ReturnType<Flexs['client']>,
      words: () => {
        const { localization, strings } = manager as unknown as { localization?: { localeTag?: string }; strings?: { handoff?: Partial<Texts> } };
        const tag = localization?.localeTag ?? navigator.language;
        words ??= wordsIn(tag, strings?.handoff);
        return words;
      },
      Root: flex.styled('section')(style as never) as React.ElementType,
    };
    // the child of a Tab gets no task of itself
    const inTask = (Content: React.FC<Drawn>) => {
      const Wrapped = flex.withTaskContext(Content as never) as unknown as React.FC<{ flex: Flexs }>;
      return <Wrapped key={NAME} flex={flexs} />;
    };
    const tab = (Content: React.FC<Drawn>) => <flex.Tab key={NAME} uniqueName={NAME} label={flexs.words().t.tab}>{inTask(Content)}</flex.Tab>;
    const first = { sortOrder: -1, if: asked as never };

    flex.TaskCanvasTabs.Content.add(tab(HandoffTab), { ...first, if: ((props: { task?: Flex.ITask }) => asked(props) && props.task?.status !== 'pending') as never });
    flex.TaskCanvasTabs.Content.remove('chat', { if: asked as never });
    flex.Supervisor.TaskCanvasTabs.Content.add(tab(NoteTab), first);
    flex.IncomingTaskCanvas.Content.add(inTask(Ringing), first);

    this.keepTheTaskFree(flex);
    manager.events.addListener('pluginsInitialized', () => this.keepTheTaskFree(flex));
    flex.Actions.addListener('afterCompleteTask', async ({ task }: { task?: Flex.ITask }) => {
      const sid = task && asked({ task }) ? handoffOf(task as unknown as HandoffTask).threadSid : undefined;
      // an identity has at most 1,000 conversations
      if (sid) await manager.conversationsClient?.getConversationBySid(sid).then((thread) => thread.leave()).catch(() => undefined);
    });
  }

  private readonly ours: Record<string, Callback> = {};

  /** Of our tasks Flex closes no thread, so that nothing about a thread keeps a rep from ending the task. */
  private keepTheTaskFree({ ChatOrchestrator }: typeof Flex): void {
    ['wrapup', 'completed'].forEach((event) => {
      const former = ChatOrchestrator.getOrchestrations(event) as Callback | Flex.ChatOrchestratorEvent[];
      if (former === this.ours[event]) return;
      this.ours[event] = (task) => (asked({ task }) ? [] : typeof former === 'function' ? former(task) : [...former]);
      ChatOrchestrator.setOrchestrations(event, this.ours[event]);
    });
  }
}
