import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput } from '../../../../src/server/verifiers/types';
import { toInput, withSecrets, withValueAt } from './requests';
import { VECTORS } from './vectors';
import { WECHATPAY_CERTIFICATE } from './vectors/keys';
import { saying } from '../../../support/reasons';

const vector = VECTORS.find(({ provider }) => provider === 'wechatpay');
if (!vector) {
  throw new Error('no vector');
}
const input = toInput(vector);

/** Given to `openssl req -set_serial` when the certificate was made. */
const SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';

function withOptions(options: Record<string, unknown>): VerifyInput {
  return { ...input, auth: { ...input.auth, options } as VerifyInput['auth'] };
}

test('a certificate is known by its serial number, whatever it is called', () => {
  const bySerial = withValueAt(input, 'header:wechatpay-serial', SERIAL);
  for (const secret of [WECHATPAY_CERTIFICATE, { name: 'the old one', value: WECHATPAY_CERTIFICATE }]) {
    expect(verifyRequest(withSecrets(bySerial, [secret]))).toMatchObject({ ok: true });
  }
  const other = withValueAt(input, 'header:wechatpay-serial', SERIAL.replace('5', '6'));
  expect(verifyRequest(withSecrets(other, [WECHATPAY_CERTIFICATE]))).toMatchObject({ ok: false });
});

test('a public key that is not named as the request says is not tried', () => {
  const { value } = vector.secret as { value: string };
  expect(verifyRequest(withSecrets(input, [value]))).toMatchObject({
    ok: false,
    reason: saying(
      'The request is signed with the key "PUB_KEY_ID_0000000000000001"; no secret set here has that name.',
    ),
  });
});

test('without the APIv3 key the body stays as it is', () => {
  expect(verifyRequest(withOptions({}))).toEqual({
    ok: true,
    secretName: 'PUB_KEY_ID_0000000000000001',
    deliveryId: 'EV-2018022511223320873',
  });
});

test.each([
  ['another APIv3 key', 'abcdefghijklmnopqrstuvwxyz012346'],
  ['a key that is too short', 'abcdef'],
])('%s refuses', (_name, apiV3Key) => {
  expect(verifyRequest(withOptions({ apiV3Key }))).toEqual({ ok: false, reason: saying('apiV3Key') });
});

test('the APIv3 key may come from a variable', () => {
  const byVariable = withOptions({ apiV3Key: { value: '{{$env.WXPAY}}' } });
  const env = { WXPAY: 'abcdefghijklmnopqrstuvwxyz012345' };
  expect(verifyRequest({ ...byVariable, env })).toMatchObject({ plaintext: { contentType: 'application/json' } });
});
