import { BODY_VECTORS } from './bodies';
import { KEY_VECTORS } from './keys';
import { TIMED_VECTORS } from './timed';
import { TOKEN_VECTORS } from './tokens';
import type { Vector } from './types';

/** At least one for every scheme that is data. */
export const VECTORS: readonly Vector[] = [...BODY_VECTORS, ...TIMED_VECTORS, ...KEY_VECTORS, ...TOKEN_VECTORS];
/** What a maker sets up. */
export { CUSTOM_VECTORS } from './custom';
export { CHALLENGES } from './challenges';
export type { Challenge, Vector, VectorRequest } from './types';
