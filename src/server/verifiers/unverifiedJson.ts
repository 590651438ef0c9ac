/** Levels of lists and objects that no provider's JSON has; building many more takes its time. */
const MAX_DEPTH = 200;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

/** Parses JSON of a sender who isn't verified yet; undefined: it is none, or nests too deep to be a provider's. */
export function parseUnverified(text: string): unknown {
  if (nestsDeeper(text, MAX_DEPTH)) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether lists and objects of a JSON text nest deeper than so many levels; looks at no more of it than it has to. */
export function nestsDeeper(text: string, levels: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      index += code === BACKSLASH ? 1 : 0;
      inString = code !== QUOTE;
    } else if (code === QUOTE) {
      inString = true;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > levels) {
        return true;
      }
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      depth -= 1;
    }
  }
  return false;
}
