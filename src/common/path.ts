// Framework-free: how a maker's custom path is written. One parser for the panel, the save check and the router.

/** One segment of a custom path: literal text, or a parameter that takes whatever stands there. */
export type PathSegment = { literal: string } | { param: string };

/** Something a maker got wrong; `message` is English and an i18n key, `values` fill its `{{…}}`. */
export interface PathProblem {
  message: string;
  values?: Record<string, string | number>;
}

const PARAM_NAME = /^[A-Za-z_]\w*$/;
const FORBIDDEN_CHARACTERS = /[?#\\\s\p{Cc}\p{Cs}]/u;
const MAX_SEGMENTS = 20;
const MAX_LENGTH = 500;

/** Takes off what makes no difference: spaces around, and slashes at either end. */
export function normalizePath(path: string): string {
  return withoutEndSlashes(path.trim().replace(/^\/+/, ''));
}

/** A text without the slashes that it ends with. A regular expression would try again from each of them. */
export function withoutEndSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') {
    end -= 1;
  }
  return text.slice(0, end);
}

/**
 * Reads a custom path such as `orders/:orderId`. Literals are compared as they are, case included;
 * percent-encoding in a literal is decoded once, as it is in a request. An empty path has no segments.
 */
export function parsePath(path: string): { segments: PathSegment[] } | { problem: PathProblem } {
  const normalized = normalizePath(path);
  if (normalized === '') {
    return { segments: [] };
  }
  if (normalized.length > MAX_LENGTH) {
    return problem('The path may have at most {{max}} characters.', { max: MAX_LENGTH });
  }
  if (FORBIDDEN_CHARACTERS.test(normalized)) {
    return problem('The path may not contain spaces or any of ? # \\');
  }
  const parts = normalized.split('/');
  if (parts.length > MAX_SEGMENTS) {
    return problem('The path may have at most {{max}} segments.', { max: MAX_SEGMENTS });
  }
  const segments: PathSegment[] = [];
  const names = new Set<string>();
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') {
      return problem('The path has an empty segment, or one that is only dots.');
    }
    if (part.startsWith(':')) {
      const name = part.slice(1);
      if (!PARAM_NAME.test(name) || name === '__proto__') {
        return problem('"{{segment}}" is not a parameter: use a colon and a name of letters, digits and _.', {
          segment: part,
        });
      }
      if (names.has(name)) {
        return problem('The parameter "{{name}}" occurs twice in the path.', { name });
      }
      names.add(name);
      segments.push({ param: name });
      continue;
    }
    const literal = decodeSegment(part);
    if (literal === null) {
      return problem('"{{segment}}" is not valid percent-encoding.', { segment: part });
    }
    segments.push({ literal });
  }
  return { segments };
}

/** The path's parameters, in order; none for a path that can't be read. */
export function pathParams(path: string): string[] {
  const parsed = parsePath(path);
  return 'segments' in parsed ? parsed.segments.flatMap((segment) => ('param' in segment ? [segment.param] : [])) : [];
}

/** Two paths with the same shape answer to the same URLs: parameter names don't count. */
export function pathShape(segments: readonly PathSegment[]): string {
  return segments.map((segment) => ('param' in segment ? ':' : encodeURIComponent(segment.literal))).join('/');
}

/** Percent-decodes one segment once; null where that can't be done. */
export function decodeSegment(segment: string): string | null {
  try {
    // Asked first: on the way of every request, decoding what needs none takes half of a look-up's time.
    return segment.includes('%') ? decodeURIComponent(segment) : segment;
  } catch {
    return null;
  }
}

/** What is said to who wants a path that another webhook has. */
export function pathTaken(values: { path: string; methods: string; title: string; key: string }): PathProblem {
  return problem('The path "{{path}}" with {{methods}} is already taken by the webhook "{{title}}" ({{key}}).', values)
    .problem;
}

function problem(message: string, values?: PathProblem['values']): { problem: PathProblem } {
  return { problem: values ? { message, values } : { message } };
}
