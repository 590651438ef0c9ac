import { ReplySlot } from '../../../../src/server/reply/ReplySlot';

const ONE = { status: 200, headers: {}, body: 'one' };
const TWO = { status: 200, headers: {}, body: 'two' };

it('takes the first answer', async () => {
  const slot = new ReplySlot();
  expect(slot.give(ONE)).toBe('sent');
  expect(slot.give(TWO)).toBe('answeredBefore');
  slot.close();
  expect(slot.give(TWO)).toBe('answeredBefore');
  expect(await slot.answered).toBe(ONE);
});

it('takes none once the caller has been answered otherwise', () => {
  const slot = new ReplySlot();
  slot.close();
  expect(slot.give(ONE)).toBe('tooLate');
});
