/** What a command needs of the machine. */
export interface Io {
  env: NodeJS.ProcessEnv;
  /** Unix seconds. */
  now(): number;
  /** A file's bytes; `-`: the standard input. Throws where it can't be read. */
  read(path: string): Buffer;
  out(bytes: string | Uint8Array): unknown;
  err(text: string): unknown;
}

/** What the command ends with. */
export const EXIT = { accepted: 0, refused: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was called wrongly, or can't do what it was asked for; its message says how to put it right. */
export class UsageError extends Error {}
