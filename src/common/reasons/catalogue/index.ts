import { BODY_REASONS } from './body';
import { CALL_REASONS } from './calls';
import { RUN_REASONS } from './runs';
import { SERVICE_REASONS } from './services';
import { VERIFICATION_REASONS } from './verification';

/**
 * Every reason that a delivery can have, by its code. Codes never change their meaning; one that is given no more goes, and
 * rows that have it are shown by the code alone.
 */
export const REASONS = {
  ...VERIFICATION_REASONS,
  ...SERVICE_REASONS,
  ...BODY_REASONS,
  ...CALL_REASONS,
  ...RUN_REASONS,
} as const;
