import * as FlexPlugin from '@twilio/flex-plugin';
import HandoffPlugin from './HandoffPlugin';

FlexPlugin.loadPlugin(HandoffPlugin);
