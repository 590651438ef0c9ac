import { BODY_VECTORS } from './bodies';
import { CATALOGUE_FACTS } from './catalogue';
import { CHALLENGES as OLDER_CHALLENGES } from './challenges';
import { KEY_VECTORS } from './keys';
import { TIMED_VECTORS } from './timed';
import { TOKEN_VECTORS } from './tokens';
import type { Challenge, Vector } from './types';

/** At least one for every scheme that is data. */
export const VECTORS: readonly Vector[] = [
  ...BODY_VECTORS,
  ...TIMED_VECTORS,
  ...KEY_VECTORS,
  ...TOKEN_VECTORS,
  ...CATALOGUE_FACTS.flatMap(({ provider, vectors }) => vectors.map((vector) => ({ provider, ...vector }))),
];

/** What a maker sets up. */
export { CUSTOM_VECTORS } from './custom';
export const CHALLENGES: readonly Challenge[] = [
  ...OLDER_CHALLENGES,
  ...CATALOGUE_FACTS.flatMap(({ provider, challenges = [] }) => challenges.map((row) => ({ provider, ...row }))),
];
export type { Challenge, Vector, VectorRequest } from './types';
