import { giveWay } from '../../../src/server/pipeline/giveWay';

it('lets what waits go before what is done with a large body', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('another request'));
  const delivery = { rawBody: Buffer.alloc(65_537) };
  const same = await giveWay(delivery);
  order.push('the next stage');
  expect(same).toBe(delivery);
  expect(order).toEqual(['another request', 'the next stage']);
});

it('does not wait for a small one', () => {
  const delivery = { rawBody: Buffer.alloc(65_536) };
  expect(giveWay(delivery)).toBe(delivery);
});
