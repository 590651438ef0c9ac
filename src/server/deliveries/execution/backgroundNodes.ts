/**
 * The node types that send something out, leave the run waiting, and go on with it from memory once there is an answer:
 * where NocoBase ends meanwhile, nobody else will. Only where the workflow doesn't wait for them (`isInstructionSync`).
 * Of NocoBase's other nodes that wait, `script` looks after itself, and of an `ai-employee` it can't be told whether a
 * person is waited for.
 */
export const BACKGROUND_NODES: readonly string[] = ['request', 'mailer', 'llm'];

/**
 * The node types whose answer is the run's own doing, so that it isn't over while it waits for one. Every other type
 * that waits counts as waiting for a person, a time or another system.
 */
export const CALLING_NODES: readonly string[] = [...BACKGROUND_NODES, 'script'];
