// Framework-free: the one grammar of paths into what a request holds.

/** Opens a name that stands quoted. */
const OPENING = '["';

/** A name in quotes, as a JSON string has it. */
const QUOTED = /\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * The names of a path, outermost first: `a.b`, and quoted what a dot or bracket stands in, `fields["System.State"]`, as
 * in JSONPath (RFC 9535, section 2.3.1) with the escapes of JSON. Brackets in any other use are part of a name.
 * null: what begins as a quoted name is none.
 */
export function parseDataPath(path: string): string[] | null {
  const names: string[] = [];
  let at = 0;
  for (;;) {
    if (path.startsWith(OPENING, at)) {
      QUOTED.lastIndex = at;
      const name = unquoted(QUOTED.exec(path)?.[1]);
      if (name === null) {
        return null;
      }
      names.push(name);
      at = QUOTED.lastIndex;
    } else {
      const end = endOfName(path, at);
      names.push(path.slice(at, end));
      at = end;
    }
    if (at === path.length) {
      return names;
    }
    if (path[at] === '.') {
      at += 1;
    } else if (!path.startsWith(OPENING, at)) {
      return null;
    }
  }
}

/** The path of these names: what {@link parseDataPath} reads them from. */
export function formatDataPath(names: readonly string[]): string {
  return names
    .map((name, index) => (isBare(name) ? `${index === 0 ? '' : '.'}${name}` : `[${JSON.stringify(name)}]`))
    .join('');
}

/** Whether it can stand unquoted wherever a path can: in a list of sources, in a field whose ends are trimmed. */
function isBare(name: string): boolean {
  return name !== '' && name === name.trim() && !/[.,\p{Cc}\p{Cs}]|\["/u.test(name);
}

function endOfName(path: string, at: number): number {
  const ends = [path.indexOf('.', at), path.indexOf(OPENING, at)].filter((end) => end !== -1);
  return Math.min(path.length, ...ends);
}

function unquoted(json: string | undefined): string | null {
  try {
    return json === undefined ? null : (JSON.parse(json) as string);
  } catch {
    return null;
  }
}
