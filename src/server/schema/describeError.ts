import type { ErrorObject } from 'ajv/dist/core';
import type { ErrorDetail } from '../../common/errors';

/** Characters of a name or value in a message, of a message, and of a path. */
const MAX_NAMED = 200;
const MAX_MESSAGE = 500;
const MAX_PATH = 500;

/** Ajv's path and message; the message also names what Ajv keeps for itself. */
export function describeError(
  { instancePath, message = 'is not valid', params }: ErrorObject,
  root: string,
): ErrorDetail {
  const named: unknown =
    params.additionalProperty ?? params.unevaluatedProperty ?? params.allowedValues ?? params.allowedValue;
  const shown = shortened(message, MAX_MESSAGE);
  return {
    path: shortened(`${root}${instancePath}`, MAX_PATH),
    message: named === undefined ? shown : `${shown}: ${beginning(named)}`,
  };
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The beginning of a value's JSON. No more of a long list or text is written than is shown. */
function beginning(value: unknown): string {
  const few = Array.isArray(value) ? value.slice(0, MAX_NAMED) : value;
  const text = JSON.stringify(typeof few === 'string' ? few.slice(0, MAX_NAMED) : few);
  return text.slice(0, MAX_NAMED);
}
