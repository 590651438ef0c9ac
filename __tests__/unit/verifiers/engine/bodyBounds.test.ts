import { createHmac } from 'node:crypto';
import type { WebhookAuth } from '../../../../src/common/auth';
import { verifyRequest } from '../../../../src/server/verifiers';
import { saying } from '../../../support/reasons';

const SECRET = 'a secret of the usual length';
const NOW = 1_700_000_000;
const HOST = 'https://nocobase.example.com';
const NOT_BOUNDED = { ok: false, reason: saying('The body is not JSON, and this signature proves no other.') };

interface Call {
  path?: string;
  id?: string;
  body: string;
}

/** The verdict on a call whose signature is that of `content`. */
function verdict(auth: object, header: string, content: string, { path = '/k', id = '', body }: Call) {
  const signature = createHmac('sha256', SECRET).update(content);
  return verifyRequest({
    auth: { secrets: [SECRET], ...auth } as WebhookAuth,
    request: {
      method: 'POST',
      url: HOST + path,
      headers: { [header]: signature.digest(header.startsWith('x-square') ? 'base64' : 'hex'), 'x-id': id },
      rawBody: Buffer.from(body),
    },
    now: NOW,
  });
}

describe('a piece of the URL that is moved to the body', () => {
  const square = { type: 'provider', provider: 'square' };
  const signed = `${HOST}/k?store=1{"event_id":"e"}`;
  const call = (given: Call) => verdict(square, 'x-square-hmacsha256-signature', signed, given);

  test('is told by the body, which is JSON no more', () => {
    expect(call({ path: '/k?store=1', body: '{"event_id":"e"}' })).toMatchObject({ ok: true });
    expect(call({ path: '/k', body: '?store=1{"event_id":"e"}' })).toEqual(NOT_BOUNDED);
    expect(call({ path: '/k?store=', body: '1{"event_id":"e"}' })).toEqual(NOT_BOUNDED);
    expect(call({ path: '/k?store=1{"event_id":"e"}', body: '' })).toEqual(NOT_BOUNDED);
  });
});

describe('a piece of the body that is moved to a header', () => {
  const custom = (content: string) => ({
    type: 'signature',
    sig: { from: 'header:x-signature' },
    content,
    id: ['header:x-id'],
  });
  const call = (content: string, signed: string, given: Call) => verdict(custom(content), 'x-signature', signed, given);
  const body = '{"note":"a.&admin=1&","x":1}';

  test('is told by the separator, which is there more often', () => {
    expect(call('{header:x-id}.{body}', `id1.${body}`, { id: 'id1', body })).toMatchObject({ ok: true });
    const moved = { id: 'id1.{"note":"a', body: '&admin=1&","x":1}' };
    expect(call('{header:x-id}.{body}', `id1.${body}`, moved)).toEqual(NOT_BOUNDED);
    expect(call('{method}.{header:x-id}.{body}', `POST.id1.${body}`, moved)).toEqual(NOT_BOUNDED);
  });
  test('is told behind the body too', () => {
    const moved = { id: '&admin=1&","x":1}.id1', body: '{"note":"a' };
    expect(call('{body}.{header:x-id}', `${body}.id1`, { id: 'id1', body })).toMatchObject({ ok: true });
    expect(call('{body}.{header:x-id}', `${body}.id1`, moved)).toEqual(NOT_BOUNDED);
  });
  test('can be no other body but JSON where nothing stands between', () => {
    expect(call('{header:x-id}{body}', 'id1a=1', { id: 'id1', body: 'a=1' })).toEqual(NOT_BOUNDED);
    expect(call('{header:x-id}{body}', 'id1[1]', { id: 'id1', body: '[1]' })).toMatchObject({ ok: true });
    expect(call('{header:x-id}{body}', 'id112', { id: 'id1', body: '12' })).toEqual(NOT_BOUNDED);
  });
  test('leaves a form or a text alone where the separator is there once', () => {
    expect(call('{header:x-id}.{body}', 'id1.a=1.5', { id: 'id1', body: 'a=1.5' })).toMatchObject({ ok: true });
    expect(call('v1:{body}', 'v1:a=1', { body: 'a=1' })).toMatchObject({ ok: true });
    expect(call('{header:x-id}.{body}', 'id1.', { id: 'id1', body: '' })).toMatchObject({ ok: true });
  });
});
