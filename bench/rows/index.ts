import type { Row } from '../types';
import { BODIES } from './bodies';
import { DRAIN } from './drain';
import { INTAKE } from './intake';
import { LATENCY } from './latency';
import { MEMORY } from './memory';
import { MOUNTS } from './mounts';
import { HMAC, MATCH } from './parts';
import { REFUSALS } from './refusals';
import { WAITING } from './waiting';
import { MANY_WEBHOOKS, START_UP } from './webhooks';
import { WORST } from './worst';

/** All rows, in the order in which they are measured. */
export const ROWS: readonly Row[] = [
  ...INTAKE,
  MOUNTS,
  DRAIN,
  LATENCY,
  BODIES,
  MEMORY,
  MANY_WEBHOOKS,
  WAITING,
  START_UP,
  REFUSALS,
  MATCH,
  HMAC,
  WORST,
];
