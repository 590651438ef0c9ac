/** Texts whose answer one function remembers, and their length: callers choose what they send, so no more than that. */
const MAX_TEXTS = 1_000;
const MAX_LENGTH = 64;

/** `answer`, which must depend on its text alone, worked out once for texts that come again and again. */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    const found = answer(text);
    if (known.size < MAX_TEXTS && text.length <= MAX_LENGTH) {
      known.set(text, found);
    }
    return found;
  };
}
