/** A URL, or a path, up to its query. */
export function withoutQuery(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? url : url.slice(0, start);
}

/** Scheme and host of a URL; `…`: a path alone is known. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '…';
}
