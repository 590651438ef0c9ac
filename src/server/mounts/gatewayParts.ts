import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppSupervisor, Gateway } from '@nocobase/server';

/** Says whether it took the request: anything but `false` ends it there. NocoBase's type leaves the promise out. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** What of NocoBase's gateway is leaned on, for the process. */
export interface Front {
  registerRequestHandler(handler: RequestHandler): void;
  unregisterRequestHandler(handler: RequestHandler): void;
  /** How many stand between the gateway and every app. */
  middlewares(): number;
  /** How many choose the app that a request is for. */
  selectors(): number;
  /** The app that a request is for. May reject: the gateway answers that. */
  appNameOf(request: IncomingMessage): Promise<string>;
  /** What an app is at, as the gateway asks before it hands it a request; `running`, as a rule. */
  statusOf(app: string): Promise<string | null | undefined>;
}

type Check = (gateway: Gateway) => boolean;

/**
 * What the mount ahead of Koa leans on in NocoBase's server, by its name there. Without one of these webhooks are taken in
 * the app. The contract test holds the same list against the text of each.
 */
export const GATEWAY_PARTS = {
  'Gateway.registerRequestHandler': () => isMethod(Gateway, 'registerRequestHandler'),
  'Gateway.unregisterRequestHandler': () => isMethod(Gateway, 'unregisterRequestHandler'),
  'Gateway.middlewares': ({ middlewares }) => Array.isArray(middlewares?.nodes),
  'Gateway.getAppSelectorMiddlewares': (gateway) =>
    isMethod(gateway, 'getAppSelectorMiddlewares') && Array.isArray(gateway.getAppSelectorMiddlewares()?.nodes),
  'Gateway.getRequestHandleAppName': (gateway) => isMethod(gateway, 'getRequestHandleAppName'),
  'AppSupervisor.getAppStatus': () => isMethod(AppSupervisor.getInstance(), 'getAppStatus'),
} satisfies Record<string, Check>;

export type GatewayPart = keyof typeof GATEWAY_PARTS;

/** The parts that are not as they were; none: the mount can be made. */
export function missingGatewayParts(): GatewayPart[] {
  const gateway = Gateway.getInstance();
  return Object.entries<Check>(GATEWAY_PARTS).flatMap(([name, isThere]) =>
    isThere(gateway) ? [] : (name as GatewayPart),
  );
}

/** The gateway of this process, as far as it is leaned on. */
export function gatewayFront(): Front {
  const gateway = Gateway.getInstance();
  const supervisor = AppSupervisor.getInstance();
  type Registered = Parameters<typeof Gateway.registerRequestHandler>[0];
  return {
    registerRequestHandler: (handler) => Gateway.registerRequestHandler(handler as unknown as Registered),
    unregisterRequestHandler: (handler) => Gateway.unregisterRequestHandler(handler as unknown as Registered),
    middlewares: () => gateway.middlewares.nodes.length,
    selectors: () => gateway.getAppSelectorMiddlewares().nodes.length,
    appNameOf: (request) => gateway.getRequestHandleAppName(request),
    statusOf: (app) => supervisor.getAppStatus(app),
  };
}

function isMethod(owner: object | undefined, name: string): boolean {
  return typeof (owner as Record<string, unknown> | undefined)?.[name] === 'function';
}
