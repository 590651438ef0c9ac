import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Front, RequestHandler } from './gatewayParts';
import type { Called, Receive } from './receive';
import type { TargetOf } from './target';

/** The app that the gateway's handlers belong to: they are called before it is known which one a request is for. */
export const MAIN_APP = 'main';

/** For these the gateway and Koa read a URL otherwise than up to its first question mark (`url.parse`, `parseurl`). */
const READ_OTHERWISE = /[\t\n\f\r #\\\u00a0\ufeff]/;

/** What the gateway itself answers, wherever it stands. */
const HEALTH_CHECK = '/__health_check';
const BUNDLE_STATUS = '/__umi/api/bundle-status';

export interface GatewayMountOptions {
  front: Front;
  targetOf: TargetOf;
  receive: Receive;
  /** Told of each request that is taken, as NocoBase's own middlewares ahead of the app's mount are. */
  onRequest(): void;
}

/**
 * The mount ahead of Koa, in NocoBase's gateway, where Koa's share of a call is saved: for the main app, while it runs.
 * Whatever is not plainly a webhook's of that app goes on, and is answered as if this weren't there: by the gateway while
 * the app isn't running, by another app, or by the mount in the app's own chain.
 */
export class GatewayMount {
  private isOpen = false;

  constructor(private readonly options: GatewayMountOptions) {}

  open(): void {
    if (!this.isOpen) {
      this.isOpen = true;
      this.options.front.registerRequestHandler(this.handler);
    }
  }

  close(): void {
    this.isOpen = false;
    this.options.front.unregisterRequestHandler(this.handler);
  }

  /** Anything but `false` ends the request here. Never throws: the request would go on, half read. */
  private readonly handler: RequestHandler = (request, response) => {
    const called = this.isOpen ? this.calledBy(request) : null;
    return called !== null && this.take(request, response, called);
  };

  private calledBy({ url = '', headers }: IncomingMessage): Called | null {
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const target = this.options.targetOf(path);
    if (
      !target ||
      headers['x-app'] !== undefined ||
      READ_OTHERWISE.test(url) ||
      url.endsWith(HEALTH_CHECK) ||
      path.endsWith(BUNDLE_STATUS)
    ) {
      return null;
    }
    return { target, path, search: mark < 0 ? '' : url.slice(mark + 1) };
  }

  private async take(request: IncomingMessage, response: ServerResponse, called: Called): Promise<boolean> {
    if (!(await this.isForMain(request, called)) || !this.isOpen) {
      return false;
    }
    this.options.onRequest();
    await this.options.receive(request, response, called);
    return true;
  }

  /** Whether the gateway would hand the request to the main app just now, with nothing between. */
  private async isForMain(request: IncomingMessage, { search }: Called): Promise<boolean> {
    const { front } = this.options;
    if (front.middlewares() > 0) {
      return false;
    }
    try {
      // The one selector that there always is goes by `X-App`, the path and the query alone.
      const isNamed = search !== '' || front.selectors() > 1;
      return (
        (!isNamed || (await front.appNameOf(request)) === MAIN_APP) && (await front.statusOf(MAIN_APP)) === 'running'
      );
    } catch {
      return false;
    }
  }
}
