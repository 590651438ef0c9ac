/** An answer that can't be sent as it is set up, such as one whose status is none. The message is fit for the delivery log. */
export class UnsendableAnswer extends Error {
  override readonly name = 'UnsendableAnswer';
}

/** Characters of a value in a message. */
const MAX_SHOWN = 60;

/** A value as a message shows it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
