import { setTimeout as delay } from 'node:timers/promises';
import { inventedTransmission, jwtIssuer } from '../../__tests__/support/jwtIssuer';
import { TestInternet } from '../../__tests__/support/TestInternet';
import type { Dialect, Host } from '../host';
import { createInstalledHost } from '../host/template';

const JWKS_URL = 'https://keys.example.com/jwks.json';
/** Strangers' calls a second, each of which names a certificate that isn't there. */
const INVENTED_PER_SECOND = 70;
const TRUE_PER_SECOND = 4;

export interface CertificatesOptions {
  dialect: Dialect;
  dir: string;
  tgz: string;
  seconds: number;
}

/**
 * Strangers name invented certificates at a PayPal webhook; all the while the issuer of tokens calls another webhook,
 * which has never fetched its key set before. A line of figures; false: not every true call was taken.
 */
export async function certificates({ dialect, dir, tgz, seconds }: CertificatesOptions): Promise<[string, boolean]> {
  const internet = new TestInternet();
  const env = await internet.open();
  let host: Host | undefined;
  try {
    host = await createInstalledHost({ dialect, dir, env });
    await host.start();
    await host.api.installPlugin(tgz);
    const issuer = jwtIssuer('1');
    internet.pages.set(JWKS_URL, issuer.jwks);
    const paypal = await create(host, { type: 'provider', provider: 'paypal', secrets: ['4JH86294D6297924G'] });
    const jwt = await create(host, { type: 'jwt', algorithms: ['ES256'], secrets: [], jwksUrl: JWKS_URL });
    let number = 0;
    const strangers = setInterval(() => {
      number += 1;
      const headers = { ...inventedTransmission(number), 'x-forwarded-for': `198.51.100.${number % 250}` };
      void fetch(paypal, { method: 'POST', headers, body: '{}' }).catch(() => undefined);
    }, 1_000 / INVENTED_PER_SECOND);
    // What they invent has used up what there is for it.
    await delay(3_000);
    const started = Date.now();
    const statuses = new Map<number, number>();
    let first: number | null = null;
    while (Date.now() - started < seconds * 1_000) {
      const { status } = await fetch(jwt, { method: 'POST', headers: { authorization: `Bearer ${issuer.token()}` } });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      first ??= status === 200 ? Date.now() - started : null;
      await delay(1_000 / TRUE_PER_SECOND);
    }
    clearInterval(strangers);
    const counts = [...statuses].map(([status, count]) => `${status}×${count}`).join(' ');
    const since = first === null ? 'none taken' : `the first one taken after ${first} ms`;
    return [
      `certificates: ${number} invented in ${seconds + 3} s; true sender ${counts}, ${since}`,
      [...statuses.keys()].every((status) => status === 200),
    ];
  } finally {
    await host?.remove();
    await internet.close();
  }
}

async function create(host: Host, auth: object): Promise<string> {
  const { key } = await host.api.action<{ key: string }>('workflows:create', {
    title: 'certificates',
    type: 'webhook',
    enabled: true,
    current: true,
    config: { auth },
  });
  return `${host.url}${host.apiPath}webhooks/${key}`;
}
