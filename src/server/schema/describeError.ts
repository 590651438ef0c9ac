import type { ErrorObject } from 'ajv/dist/core';
import type { ErrorDetail } from '../../common/errors';

/** Names and values in a message, at most this long. */
const MAX_NAMED = 200;

/** Ajv's path and message; the message also names what Ajv keeps for itself. */
export function describeError(
  { instancePath, message = 'is not valid', params }: ErrorObject,
  root: string,
): ErrorDetail {
  const named = params.additionalProperty ?? params.unevaluatedProperty ?? params.allowedValues ?? params.allowedValue;
  return {
    path: `${root}${instancePath}`,
    message: named === undefined ? message : `${message}: ${JSON.stringify(named).slice(0, MAX_NAMED)}`,
  };
}
