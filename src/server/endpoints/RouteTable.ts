import { decodeSegment, type PathSegment } from '../../common/path';
import type { Endpoint } from './Endpoint';

/** An endpoint that answers to the path asked for, with its path parameters filled in. */
export interface RouteCandidate {
  endpoint: Endpoint;
  params: Record<string, string>;
}

interface Holder {
  endpoint: Endpoint;
  /** Parameter names in the order of the path. */
  names: string[];
}

interface Node {
  /** null: none; most nodes are the end of a path, and with thousands of them what is not there costs nothing. */
  literals: Map<string, Node> | null;
  param: Node | null;
  holders: Holder[];
}

/**
 * Which webhook has which URL, in memory. Finding one costs a map look-up a segment, whatever the number
 * of webhooks. A literal segment wins over a parameter; only where it leads nowhere is the parameter tried.
 */
export class RouteTable {
  private readonly byKey = new Map<string, Endpoint>();
  private readonly root = emptyNode();
  /** Parts of paths that stand there as they are, and of how many webhooks. */
  private readonly literals = new Map<string, number>();

  /** Adds an endpoint; one of the same workflow key that was there before is replaced. */
  add(endpoint: Endpoint): void {
    this.removeKey(endpoint.key);
    this.byKey.set(endpoint.key, endpoint);
    if (endpoint.segments.length > 0) {
      insert(this.root, endpoint);
      this.countLiterals(endpoint, 1);
    }
  }

  /** Takes a webhook's endpoint out; does nothing if it has none. */
  removeKey(key: string): void {
    const endpoint = this.byKey.get(key);
    if (endpoint) {
      this.byKey.delete(key);
      removeFrom(this.root, endpoint.segments, endpoint);
      this.countLiterals(endpoint, -1);
    }
  }

  /** Whether a part of a path, decoded, stands so in the path of any webhook: it is no token then. */
  isLiteral(part: string): boolean {
    return this.literals.has(part);
  }

  private countLiterals({ segments }: Endpoint, by: 1 | -1): void {
    for (const segment of segments) {
      if ('literal' in segment) {
        const left = (this.literals.get(segment.literal) ?? 0) + by;
        if (left > 0) {
          this.literals.set(segment.literal, left);
        } else {
          this.literals.delete(segment.literal);
        }
      }
    }
  }

  /** The endpoint of a workflow key, by which every webhook can be called. */
  findKey(key: string): Endpoint | undefined {
    return this.byKey.get(key);
  }

  /** All enabled endpoints. */
  endpoints(): IterableIterator<Endpoint> {
    return this.byKey.values();
  }

  /**
   * All endpoints with this path, which differ in their methods; empty: nothing there.
   * @param path as received, still percent-encoded, without a slash in front; one at the end is passed over
   */
  find(path: string): RouteCandidate[] {
    const parts = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
    const segments: string[] = [];
    for (const part of parts) {
      const segment = decodeSegment(part);
      if (segment === null || segment === '') {
        return [];
      }
      segments.push(segment);
    }
    const [first] = segments;
    if (segments.length === 1 && first !== undefined) {
      const byKey = this.byKey.get(first);
      if (byKey) {
        return [{ endpoint: byKey, params: {} }];
      }
    }
    const found = walk(this.root, segments, 0, []);
    return found ? found.holders.map((holder) => candidate(holder, found.values)) : [];
  }
}

function emptyNode(): Node {
  return { literals: null, param: null, holders: [] };
}

function insert(root: Node, endpoint: Endpoint): void {
  let node = root;
  const names: string[] = [];
  for (const segment of endpoint.segments) {
    if ('param' in segment) {
      names.push(segment.param);
      node = node.param ??= emptyNode();
    } else {
      const literals = (node.literals ??= new Map<string, Node>());
      const next = literals.get(segment.literal) ?? emptyNode();
      literals.set(segment.literal, next);
      node = next;
    }
  }
  node.holders.push({ endpoint, names });
}

/** Takes the endpoint out and prunes what is left empty. */
function removeFrom(node: Node, segments: readonly PathSegment[], endpoint: Endpoint): void {
  const [segment, ...rest] = segments;
  if (!segment) {
    node.holders = node.holders.filter((holder) => holder.endpoint !== endpoint);
    return;
  }
  const child = 'param' in segment ? node.param : node.literals?.get(segment.literal);
  if (!child) {
    return;
  }
  removeFrom(child, rest, endpoint);
  if (child.holders.length === 0 && !child.literals?.size && !child.param) {
    if ('param' in segment) {
      node.param = null;
    } else {
      node.literals?.delete(segment.literal);
    }
  }
}

function walk(
  node: Node,
  segments: readonly string[],
  at: number,
  values: string[],
): { holders: Holder[]; values: string[] } | null {
  const segment = segments[at];
  if (segment === undefined) {
    return node.holders.length > 0 ? { holders: node.holders, values } : null;
  }
  const literal = node.literals?.get(segment);
  const found = literal ? walk(literal, segments, at + 1, values) : null;
  if (found || !node.param) {
    return found;
  }
  return walk(node.param, segments, at + 1, [...values, segment]);
}

function candidate({ endpoint, names }: Holder, values: readonly string[]): RouteCandidate {
  return { endpoint, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
}
