import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { TLS_CERTIFICATE, TLS_KEY } from './certificates';
import { unique } from './hosts';
import { WORK_DIR } from './shared';

/** A name at a public address that the server's certificate is not for. */
export const FALSE_HOST = 'keys.false.example.com';

/** Names that a NocoBase under test finds at public addresses. The server's certificate is for all but the last. */
const PUBLIC_HOSTS = {
  'sns.us-east-1.amazonaws.com': '54.239.99.42',
  'keys.example.com': '93.184.216.34',
  'api.paypal.com': '64.4.250.36',
  [FALSE_HOST]: '93.184.216.35',
};

/** A name that resolves to an address of a private network. */
export const PRIVATE_HOST = 'keys.internal.example.com';

/** Some hosts of the internet as NocoBase under test sees them, answered by one TLS server of the test. */
export class TestInternet {
  /** What is answered, by URL; anything else with 404. */
  readonly pages = new Map<string, string>();
  /** The URLs that were asked for, in order. */
  readonly calls: string[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer({ key: TLS_KEY, cert: TLS_CERTIFICATE }, (request, response) => {
      const url = `https://${request.headers.host}${request.url}`;
      const page = this.pages.get(url);
      this.calls.push(url);
      response.writeHead(page === undefined ? 404 : 200).end(page);
    });
  }

  /** Starts to answer; gives the variables with which a NocoBase finds its way here. */
  async open(): Promise<Record<string, string>> {
    const authority = join(WORK_DIR, `${unique('authority-')}.pem`);
    mkdirSync(WORK_DIR, { recursive: true });
    writeFileSync(authority, TLS_CERTIFICATE);
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    const { port } = this.server.address() as AddressInfo;
    return {
      NODE_OPTIONS: `--require ${resolve(__dirname, 'internetPreload.cjs')}`,
      NODE_EXTRA_CA_CERTS: authority,
      WEBHOOK_TEST_INTERNET: JSON.stringify({ port, hosts: { ...PUBLIC_HOSTS, [PRIVATE_HOST]: '10.0.0.7' } }),
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
