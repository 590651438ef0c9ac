import { onEveryDatabase, unique } from '../support/hosts';
import { exchange } from '../support/rawHttp';
import { createWebhook, waitFor } from '../support/workflows';

/** What every object has. NocoBase freezes them, and an assignment to such a name of a plain object throws then. */
const NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then', 'toJSON', 'length', 'name'];

/** NocoBase itself refuses to save the others as names. */
const SAVED = NAMES.filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));

const JSON_HEADER = 'content-type: application/json';
const multipart = (part: string) => `--b\r\n${part}\r\n\r\nx\r\n--b--\r\n`;
const MULTIPART = 'content-type: multipart/form-data; boundary=b';
const disposition = (name: string) => `content-disposition: form-data; name="${name}"`;

/** Where a stranger can put a name: further headers, query and body. */
const PLACES: Record<string, (name: string) => { headers?: string[]; query?: string; body?: string }> = {
  'a header': (name) => ({ headers: [`${name}: x`, `${name}: y`] }),
  'a cookie': (name) => ({ headers: [`cookie: ${name}=x`] }),
  'the scheme of Authorization': (name) => ({ headers: [`authorization: ${name} ${name}=x`] }),
  'the content type': (name) => ({ headers: [`content-type: ${name}/${name}; ${name}=x`] }),
  'the charset': (name) => ({ headers: [`content-type: text/plain; charset=${name}`] }),
  'the content encoding': (name) => ({ headers: [JSON_HEADER, `content-encoding: ${name}`] }),
  'the query': (name) => ({ query: `${name}=x&${name}=y` }),
  'a nested name of the query': (name) => ({ query: `a[${name}]=x&a[${name}][${name}]=y&a[]=z` }),
  JSON: (name) => ({ headers: [JSON_HEADER], body: `{"${name}":{"${name}":"x\\u0000"}}` }),
  'JSON, beside a name that is not stored': (name) => ({
    headers: [JSON_HEADER],
    body: `{"\\u0000":1,"${name}":{"\\u0000":1,"${name}":"x"}}`,
  }),
  'lines of JSON': (name) => ({
    headers: ['content-type: application/x-ndjson'],
    body: `{"${name}":1}\n{"\\u0000":1,"${name}":1}`,
  }),
  'an event': (name) => ({
    headers: ['content-type: application/cloudevents+json'],
    body: `{"specversion":"1.0","id":"1","source":"s","type":"t","${name}":"x","data":{"${name}":1}}`,
  }),
  'a form': (name) => ({
    headers: ['content-type: application/x-www-form-urlencoded'],
    body: `${name}=x&${name}=y&a[${name}]=x&%00=1`,
  }),
  'the name of a part': (name) => ({ headers: [MULTIPART], body: multipart(disposition(name)) }),
  'a header of a part': (name) => ({ headers: [MULTIPART], body: multipart(`${disposition('a')}\r\n${name}: x`) }),
  'a parameter of a part': (name) => ({ headers: [MULTIPART], body: multipart(`${disposition('a')}; ${name}=x`) }),
  'an XML element': (name) => ({
    headers: ['content-type: application/xml'],
    body: `<${name}><${name}>x</${name}><${name}/><a/></${name}>`,
  }),
  'an XML attribute': (name) => ({ headers: ['content-type: application/xml'], body: `<a ${name}="x" b="y"/>` }),
  'an XML entity': (name) => ({ headers: ['content-type: application/xml'], body: `<a>&${name};</a>` }),
};

onEveryDatabase('a name that every object has', ({ api, url, apiPath }) => {
  it.each(Object.entries(PLACES))('is a name like others in %s', async (_place, request) => {
    const path = unique('names-');
    const schemaOf = (names: readonly string[]) => ({
      properties: Object.fromEntries(names.map((name) => [name, true])),
    });
    const schema = schemaOf(SAVED);
    const { key } = await createWebhook(api, {
      path,
      body: { keepRaw: true, schema },
      query: { schema },
      headers: { schema: schemaOf(SAVED.map((name) => name.toLowerCase())) },
      variables: { data: NAMES.map((name, index) => ({ path: name, alias: `name${index}` })) },
      dedupe: null,
    });
    const statuses: Record<string, number | undefined> = {};
    for (const name of NAMES) {
      const { headers = [JSON_HEADER], query = '', body = '{"a":1}' } = request(name);
      const length = `content-length: ${Buffer.byteLength(body)}`;
      const head = ['host: x', 'connection: close', length, ...headers].join('\r\n');
      const { answers } = await exchange(
        url,
        `POST ${apiPath}webhooks/${path}?${query} HTTP/1.1\r\n${head}\r\n\r\n${body}`,
        5_000,
      );
      statuses[name] = answers[0]?.status;
    }
    const failed = Object.entries(statuses).filter(([, status]) => !status || status >= 500);
    expect(failed).toEqual([]);
    // What was accepted also runs, and its delivery is finished.
    await waitFor('the deliveries', 30_000, async () => {
      const filter = JSON.stringify({ key, status: { $in: ['received', 'started'] } });
      return (await api.get<unknown[]>('webhookDeliveries:list', { filter })).length === 0;
    });
    const failures = JSON.stringify({ key, status: { $notIn: ['succeeded', 'rejected'] } });
    expect(await api.get<unknown[]>('webhookDeliveries:list', { filter: failures })).toEqual([]);
  });
});
