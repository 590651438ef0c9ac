import { WebhookError } from '../../../common/errors';
import { because, type Reason, type ReasonValues } from '../../../common/reasons/reason';

/** A part as it stands in the body: its headers and its content, as offsets of bytes. */
export interface RawPart {
  /** From 1. */
  number: number;
  start: number;
  end: number;
}

/** A refusal of the whole body, of which no part is taken. */
export function malformed(reason: Reason): WebhookError {
  return new WebhookError('BODY_MALFORMED', { reason });
}

/** A refusal for one part, with a header as far as it is fit to be shown. */
export function malformedPart(
  { number: part }: Pick<RawPart, 'number'>,
  detail: ReasonValues<'PART_MALFORMED'>['detail'],
  shown = '',
): WebhookError {
  return malformed(because('PART_MALFORMED', { part, detail, shown }));
}
