import { arrivalOf, deliveryIdOf, eventKeyOf, newDeliveryId } from '../../../../src/server/deliveries/model/ids';

describe('ids', () => {
  it('sort by arrival and tell the time of it', () => {
    const before = Date.now();
    const ids = Array.from({ length: 5_000 }, newDeliveryId);
    expect([...ids].sort()).toEqual(ids);
    expect(arrivalOf(String(ids[0]))).toBeGreaterThanOrEqual(before);
    expect(arrivalOf(String(ids.at(-1)))).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('are told from event keys that the engine makes up', () => {
    const id = newDeliveryId();
    const keys = [1, 2, 12].map((attempt) => eventKeyOf(id, attempt));
    expect(keys).toEqual([id, `${id}#2`, `${id}#12`]);
    expect(keys.map(deliveryIdOf)).toEqual([id, id, id]);
    for (const other of ['9b2b1a52-5d0c-4b9e-8f0e-3a1c1f0d2a11', `${id}#`, `${id}#0`, `${id}#2x`, `x${id}`, null, 7]) {
      expect(deliveryIdOf(other)).toBeNull();
    }
  });
});
