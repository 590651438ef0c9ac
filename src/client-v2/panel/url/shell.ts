/** What an example call sends. */
export interface ExampleCall {
  method: string;
  url: string;
  /** Empty: no body. */
  body: string;
}

/** First line of a script that needs the secret. */
export const SECRET_LINE = "SECRET='…'";

/** A call for `curl`; every text is already quoted for a shell. */
export interface ShellCall {
  /** Lines before the call, such as `TS=$(date +%s)`. */
  setup: string[];
  method: string;
  url: string;
  /** Options such as `-H 'content-type: application/json'`. */
  options: string[];
}

/** In single quotes: nothing in it means anything to the shell. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** For inside double quotes: `text` as it is, beside variables that the shell fills in. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}

/** The call as lines of shell. */
export function toScript({ setup, method, url, options }: ShellCall): string {
  return [...setup, [`curl -i -X ${method} ${url}`, ...options].join(' \\\n  ')].join('\n');
}
