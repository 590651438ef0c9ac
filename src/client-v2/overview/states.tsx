import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  DeleteOutlined,
  KeyOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  SwapOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType, CSSProperties } from 'react';
import type { WebhookState } from '../../common/overview';
import { text } from '../locale';

/** Where what a state asks for is done. */
export type StateTarget = 'workflow' | 'deliveries';

export interface ShownState {
  /** What it is, and what is to be done; English, and the i18n key. */
  label: string;
  icon: ComponentType<{ style?: CSSProperties }>;
  /** null: nothing is to be done. */
  tone: 'red' | 'orange' | null;
  target: StateTarget | null;
}

/** How a state is shown. */
export const STATES: Record<WebhookState, ShownState> = {
  on: { label: text('On'), icon: CheckCircleOutlined, tone: null, target: null },
  off: { label: text('Off'), icon: MinusCircleOutlined, tone: null, target: null },
  paused: { label: text('Paused'), icon: PauseCircleOutlined, tone: 'orange', target: 'deliveries' },
  silent: { label: text('Silent: ask the sender'), icon: ClockCircleOutlined, tone: 'orange', target: 'deliveries' },
  needsSecret: { label: text('Enter the secret'), icon: KeyOutlined, tone: 'red', target: 'workflow' },
  secretUnreadable: { label: text('Enter the secret again'), icon: KeyOutlined, tone: 'red', target: 'workflow' },
  invalid: { label: text('Settings can not be used'), icon: WarningOutlined, tone: 'red', target: 'workflow' },
  pathTaken: { label: text('Path taken: change it'), icon: SwapOutlined, tone: 'orange', target: 'workflow' },
  deleted: { label: text('Workflow deleted'), icon: DeleteOutlined, tone: null, target: null },
};

/** What a state means, where its label is short. */
export const STATE_HINTS: Partial<Record<WebhookState, string>> = {
  silent: text('It was called on most of the days before, and not for a day now.'),
  needsSecret: text('Every call is refused: there is no secret to verify it with.'),
  secretUnreadable: text('A stored secret can not be read on this server, so calls are not verified by it.'),
  invalid: text('It is on, but its settings can not be used: calls get 404. The log of NocoBase says why.'),
  pathTaken: text('Another webhook that is on has this path: it can not be enabled.'),
  deleted: text('Its workflow is gone, and within the last day it was still called.'),
};
