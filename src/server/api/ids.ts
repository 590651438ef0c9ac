/** Whether it can be a workflow's id: a whole number that fits into 64 bits, as number or text. */
export function isWorkflowId(value: unknown): value is string | number {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n;
}

/** Whether it can be a delivery's id: PostgreSQL fails on what is no UUID. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}
