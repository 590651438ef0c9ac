import { WebhookError } from '../../../common/errors';

/** A part as it stands in the body: its headers and its content, as offsets of bytes. */
export interface RawPart {
  /** From 1. */
  number: number;
  start: number;
  end: number;
}

/** A refusal of the whole body, of which no part is taken. */
export function malformed(reason: string): WebhookError {
  return new WebhookError('BODY_MALFORMED', { reason });
}

/** A refusal for one part, with a header as far as it is fit to be shown. */
export function malformedPart({ number }: Pick<RawPart, 'number'>, problem: string, header?: string): WebhookError {
  return malformed(`part ${number} of the multipart body ${problem}${header ? `: ${quoted(header)}` : ''}`);
}

const MAX_QUOTED = 200;

function quoted(header: string): string {
  return JSON.stringify(header.length > MAX_QUOTED ? `${header.slice(0, MAX_QUOTED)}…` : header);
}
