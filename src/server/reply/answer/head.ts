import type { ReplyConfig } from '../../../common/config';
import { isScript } from '../../../common/contentTypes';
import {
  CONTENT_TYPE,
  MAX_CONTENT_TYPE,
  SINGLE_HEADERS,
  STATUSES,
  type AnswerHeaders,
} from '../../../common/httpFields';
import { holdsVariable } from '../../../common/templateNames';
import { utf8Alone } from '../../../common/validateReply';
import type { Filling } from '../../templates/render';
import { cookieLines } from './cookies';
import { fieldText } from './fieldText';
import { shown, UnsendableAnswer } from './UnsendableAnswer';

/** The status, which a variable may say as a number or as its digits. Throws {@link UnsendableAnswer} for what is none. */
export function statusOf(status: ReplyConfig['status'], filling: Filling): number {
  const { min, max } = STATUSES;
  const value = typeof status === 'string' ? filling.render(status) : status;
  const number = typeof value === 'string' && /^\s*\d{3}\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max) {
    throw new UnsendableAnswer(
      `the status of the answer would be ${shown(value)}: it is a whole number from ${min} to ${max}`,
    );
  }
  return number;
}

/**
 * The content type; one that a variable says is held to what is asked of a written one. Throws {@link UnsendableAnswer}.
 * @param body as it is set up
 */
export function contentTypeOf(contentType: string, body: unknown, filling: Filling): string {
  if (!holdsVariable(contentType)) {
    return contentType;
  }
  const type = filling.renderText(contentType).trim();
  if (type.length > MAX_CONTENT_TYPE || !CONTENT_TYPE.test(type)) {
    throw new UnsendableAnswer(`the content type of the answer would be ${shown(type)}, which is none`);
  }
  if (utf8Alone(type, '').length > 0) {
    throw new UnsendableAnswer(`the content type of the answer would be ${shown(type)}, but it is sent in UTF-8`);
  }
  // It may be the caller's choice, and with it what a page takes for a script of this origin.
  if (isScript(type) && holdsVariable(JSON.stringify(body ?? null))) {
    throw new UnsendableAnswer(
      'the answer would be a script that holds variables: what a caller sent would run as code',
    );
  }
  return type;
}

/** The headers by their names in lower case; of one that is there several times, each value, or the last where it may be there once. */
export function headersOf(headers: ReplyConfig['headers'], filling: Filling): AnswerHeaders {
  const lines = new Map<string, string[]>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const values = key === 'set-cookie' ? cookieLines(value, filling) : [fieldText(value, filling)];
    lines.set(key, SINGLE_HEADERS.includes(key) ? values : [...(lines.get(key) ?? []), ...values]);
  }
  return Object.fromEntries(
    [...lines].flatMap(([name, values]): [string, string | string[]][] => {
      const [first, ...others] = values;
      return first === undefined ? [] : [[name, others.length > 0 ? values : first]];
    }),
  );
}
