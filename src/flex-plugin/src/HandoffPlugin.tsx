import React from 'react';
import * as Flex from '@twilio/flex-ui';
import { FlexPlugin } from '@twilio/flex-plugin';
import { Flexs, HandoffTab, NoteTab, Ringing } from './HandoffTab';
import { handoffOf, HandoffTask, isHandedOff } from './handoff';
import { style } from './style';
import { Texts, Words, wordsIn } from './texts';

const NAME = 'handoff';
/** What Flex does before it wraps up or completes a task, and what keeps it from doing so when it fails. */
const IN_THE_WAY = ['DeactivateConversation', 'LeaveConversation'];
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
        words = words ?? wordsIn(tag, strings?.handoff);
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

    const ours: Record<string, Callback> = {};
    const keepTheTaskFree = () => ['wrapup', 'completed'].forEach((event) => {
      const former = flex.ChatOrchestrator.getOrchestrations(event);
      if (former === ours[event]) return;
      ours[event] = (task) => {
        const all = typeof former === 'function' ? former(task) : [...former];
        return asked({ task }) ? all.filter((each) => !IN_THE_WAY.includes(each)) : all;
      };
      flex.ChatOrchestrator.setOrchestrations(event, ours[event]);
    });
    keepTheTaskFree();
    manager.events.addListener('pluginsInitialized', keepTheTaskFree);
    // whoever completed it: the rep, or TaskRouter; an identity has at most 1,000 conversations
    manager.events.addListener('taskCompleted', (task: Flex.ITask) => {
      const sid = asked({ task }) && handoffOf(task as unknown as HandoffTask).threadSid;
      if (sid) void manager.conversationsClient?.getConversationBySid(sid).then((thread) => thread.leave()).catch(() => undefined);
    });
  }
}
