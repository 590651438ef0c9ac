import type { DeliveryDetail, ReplayInput } from '../../common/deliveriesApi';

/** The parts of a delivery that can be edited, as JSON texts. */
export interface EditorTexts {
  data: string;
  headers: string;
  query: string;
}

const PARTS = ['data', 'headers', 'query'] as const;

/** What the editor starts from. A body that is no JSON is edited as a JSON text. */
export function textsOf({ body, bodyEncoding, contentType, headers, query }: DeliveryDetail): EditorTexts {
  return {
    data: body === null || bodyEncoding === 'base64' ? '' : asJson(body, contentType),
    headers: JSON.stringify(headers ?? {}, null, 2),
    query: JSON.stringify(query ?? {}, null, 2),
  };
}

/** What was changed, and which parts are no JSON, or no object where they have to be. An emptied body stays as it was. */
export function readEdits(
  before: EditorTexts,
  texts: EditorTexts,
): { edits: ReplayInput; broken: (keyof EditorTexts)[] } {
  const edits: ReplayInput = {};
  const broken: (keyof EditorTexts)[] = [];
  for (const part of PARTS) {
    const text = texts[part].trim();
    if (texts[part] === before[part] || (part === 'data' && text === '')) {
      continue;
    }
    try {
      const value: unknown = JSON.parse(text);
      if (part !== 'data' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
        broken.push(part);
      } else {
        Object.assign(edits, { [part]: value });
      }
    } catch {
      broken.push(part);
    }
  }
  return { edits, broken };
}

function asJson(body: string, contentType: string | null): string {
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value, null, 2);
  } catch {
    // A form or XML: what the workflow saw of it is not in the log, only its text.
    return contentType === null || contentType.startsWith('text/plain') ? JSON.stringify(body) : '';
  }
}
