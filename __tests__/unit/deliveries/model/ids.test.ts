import { arrivalOf, isDeliveryId, newDeliveryId } from '../../../../src/server/deliveries/model/ids';

describe('ids', () => {
  it('sort by arrival and tell the time of it', () => {
    const before = Date.now();
    const ids = Array.from({ length: 5_000 }, newDeliveryId);
    expect([...ids].sort()).toEqual(ids);
    expect(arrivalOf(String(ids[0]))).toBeGreaterThanOrEqual(before);
    expect(arrivalOf(String(ids.at(-1)))).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('are told from event keys that the engine makes up', () => {
    expect(isDeliveryId(newDeliveryId())).toBe(true);
    expect(isDeliveryId('9b2b1a52-5d0c-4b9e-8f0e-3a1c1f0d2a11')).toBe(false);
    expect(isDeliveryId(null)).toBe(false);
  });
});
