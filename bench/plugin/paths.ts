/** Where the bench-only plugin answers without doing anything, at our mount point in the gateway. */
export const NOOP_PATH = '/api/bench-noop';

/** The same at our mount point in the app. */
export const NOOP_IN_APP_PATH = '/api/bench-noop-in-app';

/** The same right before NocoBase's logger, which is as early as `before: 'logger'` alone gets a plugin. */
export const NOOP_AT_LOGGER_PATH = '/api/bench-noop-at-logger';

/** Where it reads the body and makes one HMAC of it, in the gateway: what no receiver of signed calls gets round. */
export const READER_PATH = '/api/bench-reader';
