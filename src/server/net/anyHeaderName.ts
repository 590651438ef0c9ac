import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

type MessageClass = new (socket: Socket) => IncomingMessage;

/** Servers that have it. */
const done = new WeakSet<Server>();

/**
 * Lets a header have any name. Node puts headers into a plain object, and NocoBase freezes `Object.prototype` once it has
 * started (`lockdownSes`): `constructor: x`, from anybody and at any URL, then throws where nothing catches it, and NocoBase
 * ends. With this, what such a name would meet is a copy that can be written over. Once for a server.
 */
export function takeAnyHeaderName(server: Server): void {
  // Node makes its requests of the class that stands here: the option `IncomingMessage` of `createServer`.
  const place = Object.getOwnPropertySymbols(server).find(({ description }) => description === 'IncomingMessage');
  if (place === undefined || done.has(server)) {
    return;
  }
  done.add(server);
  const holder = server as unknown as Record<symbol, MessageClass>;
  const Message = holder[place] as MessageClass;
  holder[place] = class extends Message {
    constructor(socket: Socket) {
      super(socket);
      this.headers = Object.create(WRITABLE_NAMES) as IncomingMessage['headers'];
    }
  };
}

/** What every object has, but so that an assignment to a name makes one of the object's own. */
const WRITABLE_NAMES: object = Object.create(
  Object.prototype,
  Object.fromEntries(
    Object.getOwnPropertyNames(Object.prototype)
      .filter((name) => name !== '__proto__')
      .map((name) => [
        name,
        { value: (Object.prototype as unknown as Record<string, unknown>)[name], writable: true, configurable: true },
      ]),
  ),
) as object;
