/** Where the bench-only plugin answers without doing anything. */
export const NOOP_PATH = '/api/bench-noop';
