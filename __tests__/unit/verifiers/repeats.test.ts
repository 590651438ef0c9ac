import { PROVIDERS, findProvider } from '../../../src/common/providers';
import { coverageOf } from '../../../src/common/coverage';
import type { IdPlace } from '../../../src/common/presets';
import { isDeliveryIdSigned } from '../../../src/common/signedId';
import { hmac, SECRET, sha256, signedCall, type Call } from '../../support/timedCalls';
import { verifyRequest } from '../../../src/server/verifiers';
import { saying } from '../../support/reasons';
import { inEnglish } from '../../../src/common/reasons/describe';

// By what each service's repeats are known: two events are never one, and what one call is known by can't be changed.

const NOW = 1_700_000_000;
const HOOK = 'https://nocobase.example.com/api/webhooks/key';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function idOf(provider: string, { headers, body, url = HOOK, secret = SECRET }: Call): Promise<string | null> {
  const result = await verifyRequest({
    auth: { type: 'provider', provider, secrets: [secret] },
    request: { method: 'POST', url, headers, rawBody: Buffer.from(body) },
    now: NOW,
  });
  if (!result.ok) {
    throw new Error(inEnglish(result.reason));
  }
  return result.deliveryId;
}

const call = (provider: string, body: object, at = NOW): Call => signedCall(provider, body, at);

const sync = { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id: 'i' };
const status = (of: string) => ({ message_uuid: 'm', status: of, timestamp: '2023-11-14T22:13:20.000Z' });
const item = (triggerType: string, lastUpdated: string) => ({ triggerType, payload: { id: 'i', lastUpdated } });
const deploy = (state: string, updated: string) => ({ id: 'd', state, updated_at: updated });
const charge = (timestamp: number) => ({ webhook_id: 'wbk_1', timestamp, type: 'charge.completed', data: { id: 'c' } });
const history = (event: string) => ({ event, task_id: 't', webhook_id: 'w', history_items: [{ id: '1' }] });

test.each<[string, Call, Call]>([
  ['plaid', call('plaid', sync), call('plaid', sync, NOW + 1)],
  [
    'revolut',
    call('revolut', { event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' }, NOW - 5),
    call('revolut', { event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' }),
  ],
  ['grafana', call('grafana', { status: 'firing' }, NOW - 200), call('grafana', { status: 'firing' })],
  ['vonage', call('vonage', status('submitted')), call('vonage', status('delivered'))],
  ['vonage', call('vonage', { status: 'ringing' }, NOW - 1), call('vonage', { status: 'ringing' })],
  [
    'webflow',
    call('webflow', item('collection_item_created', '1')),
    call('webflow', item('collection_item_changed', '1')),
  ],
  [
    'webflow',
    call('webflow', item('collection_item_changed', '1')),
    call('webflow', item('collection_item_changed', '2')),
  ],
  ['netlify', call('netlify', deploy('building', '1')), call('netlify', deploy('ready', '2'))],
  ['zendesk', call('zendesk', { id: '35436', status: 'open' }), call('zendesk', { id: '35436', status: 'solved' })],
  [
    'zendesk',
    call('zendesk', { id: '35436', status: 'open' }, NOW - 9),
    call('zendesk', { id: '35436', status: 'open' }),
  ],
  ['flutterwave-v4', call('flutterwave-v4', charge(1)), call('flutterwave-v4', charge(2))],
  ['clickup', call('clickup', history('taskUpdated')), call('clickup', history('taskStatusUpdated'))],
  ['zoom', call('zoom', { event: 'a', event_ts: 1 }), call('zoom', { event: 'a', event_ts: 2 })],
])('%s: another event is another delivery', async (provider, one, other) => {
  const [first, second] = [await idOf(provider, one), await idOf(provider, other)];
  expect(first).not.toBeNull();
  expect(second).not.toBe(first);
});

test.each<[string, Call, Call]>([
  ['plaid', call('plaid', sync), call('plaid', sync)],
  ['zoom', call('zoom', { event: 'a', event_ts: 1 }, NOW - 250), call('zoom', { event: 'a', event_ts: 1 })],
  ['vonage', call('vonage', status('read'), NOW - 60), call('vonage', status('read'))],
  ['webflow', call('webflow', item('a', '1'), NOW - 60), call('webflow', item('a', '1'))],
  ['grafana', call('grafana', { status: 'firing' }), call('grafana', { status: 'firing' })],
  ['clickup', call('clickup', history('taskUpdated')), call('clickup', history('taskUpdated'))],
])('%s: what is sent again is known', async (provider, one, again) => {
  expect(await idOf(provider, again)).toBe(await idOf(provider, one));
});

test.each<[string, object]>([
  ['dropbox', { list_folder: { accounts: ['dbid:1'] }, delta: { users: [12345678] } }],
  ['clickup', { event: 'spaceUpdated', space_id: '1', webhook_id: 'w' }],
  ['clickup', { event: 'taskDeleted', task_id: 't', webhook_id: 'w', history_items: [] }],
  ['paystack', { event: 'charge.dispute.remind', data: { id: 1 } }],
])('%s: what says neither id nor time is taken for no repeat', async (provider, body) => {
  expect(await idOf(provider, call(provider, body))).toBeNull();
});

describe('what is signed is what a call is known by, however it is encoded', () => {
  const mandrill = async (body: string) =>
    idOf('mandrill', {
      body,
      headers: { ...FORM, 'x-mandrill-signature': hmac(`${HOOK}mandrill_events[{"_id":"a"}]`, 'base64', 'sha1') },
    });
  test('mandrill', async () => {
    const bodies = [
      'mandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D',
      'mandrill_events=%5b%7b%22_id%22%3a%22a%22%7d%5d',
      'mandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D&',
      '%6dandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D',
      'mandrill_event=s%5B%7B%22_id%22%3A%22a%22%7D%5D',
    ];
    const known = sha256(`${HOOK}mandrill_events[{"_id":"a"}]`);
    expect(await Promise.all(bodies.map(mandrill))).toEqual(bodies.map(() => known));
  });
  const plivo = async (body: string) =>
    idOf('plivo', {
      body,
      headers: {
        ...FORM,
        'x-plivo-signature-v3-nonce': '12345',
        'x-plivo-signature-v3': hmac(`${HOOK}?CallUUIDabcEventHangup.12345`, 'base64'),
      },
    });
  test('plivo', async () => {
    const bodies = [
      'CallUUID=abc&Event=Hangup',
      'Event=Hangup&CallUUID=abc',
      'CallUUID=abc&Event=Hangu%70',
      'CallUUID=ab&cEvent=Hangup',
    ];
    expect(new Set(await Promise.all(bodies.map(plivo))).size).toBe(1);
  });
});

describe('a form of which only sorted fields are signed', () => {
  const verdict = async (content: string, text: string, body: string, id?: IdPlace[]) => {
    const result = await verifyRequest({
      auth: { type: 'signature', sig: { from: 'header:x-sig' }, content, id, secrets: [SECRET] },
      request: { method: 'POST', url: HOOK, headers: { ...FORM, 'x-sig': hmac(text) }, rawBody: Buffer.from(body) },
      now: NOW,
    });
    return result.ok ? result.deliveryId : result;
  };

  test.each<[string, string, string, string, RegExp]>([
    ['a field twice', '{sorted-form}', 'id7', 'id=7&id=7', /more than once/],
    ['a field twice, with separators', '{sorted-form:=&}', 'id=7', 'id=7&id=7', /more than once/],
    ['two values of one', '{sorted-form:=&}', 'id=7&id=8', 'id=8&id=7', /more than once/],
    ['a field without a name', '{sorted-form}', 'id7', '=id7', /without a name/],
    ['a bracket that may be the value’s', '{sorted-form}', 'a[b]c', 'a%5B=b]c', /bracket/],
    ['a field within a field', '{sorted-form:=&}', 'a=1&a[b]=2', 'a[b]=2&a=1', /more than once/],
    ['items without a place', '{sorted-form:=&}', 'a[]=1&a[x]=2', 'a[x]=2&a[]=1', /more than once/],
    ['a query parameter twice', '{sorted-query:=&}{sorted-form}', 'id7', 'id=7&id=7', /more than once/],
  ])('refuses %s', async (_what, content, text, body, reason) => {
    expect(await verdict(content, text, body)).toEqual({ ok: false, reason: saying(reason) });
  });

  test('takes names with brackets where it is signed where they end', async () => {
    expect(await verdict('{sorted-form:=&}', 'a[b]=1&a[c]=2&id=7', 'a[c]=2&a[b]=1&id=7', ['form:id'])).toBe('7');
  });

  test('is known by what is signed where an id could be moved', async () => {
    const ids = ['id=7&event=x', 'event=x&id=7', 'even=tx&id=7', 'id=%37&event=x'].map((body) =>
      verdict('{sorted-form}', 'eventxid7', body, ['form:id']),
    );
    expect(new Set(await Promise.all(ids))).toEqual(new Set([sha256('eventxid7')]));
    expect(
      isDeliveryIdSigned({
        type: 'signature',
        sig: { from: 'header:x-sig' },
        content: '{sorted-form}',
        id: ['form:id'],
        secrets: [],
      }),
    ).toBe(true);
  });
});

describe('mercado-pago, whose text leaves out what is not there', () => {
  const verdict = (text: string, headers: Record<string, string>, search: string) =>
    idOf('mercado-pago', {
      body: '{}',
      url: `${HOOK}${search}`,
      headers: { ...headers, 'x-signature': `ts=${NOW},v1=${hmac(text)}` },
    });
  test('takes no id that was added, and none that holds what was beside it', async () => {
    const [without, whole] = [`request-id:r;ts:${NOW};`, `id:1;request-id:r;ts:${NOW};`];
    expect(await verdict(without, { 'x-request-id': 'r' }, '')).toBe('r');
    await expect(verdict(without, { 'x-request-id': 'r' }, '?data.id=1')).rejects.toThrow();
    await expect(verdict(without, { 'x-request-id': 'r' }, '?data.id=1&data.id=2')).rejects.toThrow();
    await expect(verdict(without, { 'x-request-id': 'r' }, '?data.id=')).rejects.toThrow();
    await expect(verdict(whole, { 'x-request-id': 'r' }, '')).rejects.toThrow();
    await expect(verdict(whole, {}, '?data.id=1;request-id:r')).rejects.toThrow(/read in more than one way/);
  });
});

test('a service that signs body and time tells every copy of a call by them, whatever else it lacks', () => {
  const unknown = PROVIDERS.filter((provider) => {
    const { body, tolerance } = coverageOf(provider);
    const { id = [] } = provider.scheme ?? provider.jwt ?? { id: ['signed' as const] };
    const isInHeader = id.some((place) => place.includes('header:'));
    return body === 'whole' && tolerance !== null && !isInHeader && id.at(-1) !== 'signed';
  });
  expect(unknown.map(({ id }) => id)).toEqual([]);
});

test('none is known by its body alone, which two events can have alike', () => {
  const bare = PROVIDERS.filter(({ scheme, jwt }) => (scheme ?? jwt)?.id?.includes('body'));
  expect(bare.map(({ id }) => id)).toEqual([]);
  expect(findProvider('dropbox')?.scheme?.id).toBeUndefined();
});
