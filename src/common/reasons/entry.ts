import type { ReasonTopicName } from './topics';

/**
 * What a value of a reason is: `place` is a part of the request as the settings name it (`header:x-signature`), and is
 * shown in words, as the first of a sentence.
 */
export type ValueKind = 'text' | 'number' | 'place' | 'places' | 'list';

/** A reason as the catalogue has it. */
export interface ReasonEntry {
  topic: ReasonTopicName;
  /** English, and the i18n key; `{{name}}` stands for a value. */
  text: string;
  /** What the sentence names, and of what kind it is. */
  values?: Readonly<Record<string, ValueKind>>;
  /** What may be behind it: by the value `detail`, a text that stands for `{{detail}}`. */
  details?: Readonly<Record<string, string>>;
}
