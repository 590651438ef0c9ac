import type { ComponentType } from 'react';
import type { WebhookAuth } from '../../../common/auth';
import { text } from '../../locale';
import { BasicFields } from './BasicFields';
import { JwtFields } from './JwtFields';
import { MtlsFields } from './MtlsFields';
import { NoAuthFields } from './NoAuthFields';
import { ProviderFields } from './ProviderFields';
import { SignatureFields } from './signature/SignatureFields';
import { TokenFields } from './TokenFields';

/** One way to verify a call, as the panel offers it. */
export interface AuthType<Type extends WebhookAuth['type'] = WebhookAuth['type']> {
  type: Type;
  /** English, and the i18n key. */
  label: string;
  Fields: ComponentType;
  /** What `auth` is set to when this type is chosen. */
  initial: () => Extract<WebhookAuth, { type: Type }>;
}

/** The ways to verify a call, in the order in which they are offered. */
export const AUTH_TYPES: readonly AuthType[] = [
  { type: 'none', label: text('None'), Fields: NoAuthFields, initial: () => ({ type: 'none' }) },
  {
    type: 'provider',
    label: text('A known service (GitHub, Stripe, Slack, …)'),
    Fields: ProviderFields,
    initial: () => ({ type: 'provider', provider: 'github', secrets: [] }),
  },
  {
    type: 'token',
    label: text('Token in a header, the URL or the body'),
    Fields: TokenFields,
    initial: () => ({ type: 'token', in: 'header', name: 'x-api-key', secrets: [] }),
  },
  {
    type: 'basic',
    label: text('User name and password (HTTP Basic)'),
    Fields: BasicFields,
    initial: () => ({ type: 'basic', username: '', passwords: [] }),
  },
  {
    type: 'signature',
    label: text('Custom signature'),
    Fields: SignatureFields,
    initial: () => ({
      type: 'signature',
      kind: 'hmac',
      alg: 'sha256',
      sig: { from: 'header:x-signature', enc: 'hex' },
      content: '{body}',
      secrets: [],
    }),
  },
  {
    type: 'jwt',
    label: text('JSON Web Token (JWT)'),
    Fields: JwtFields,
    initial: () => ({ type: 'jwt', algorithms: ['RS256'] }),
  },
  {
    type: 'mtls',
    label: text('Client certificate, checked by a proxy'),
    Fields: MtlsFields,
    initial: () => ({
      type: 'mtls',
      verifyHeader: 'x-ssl-client-verify',
      verifyValue: 'SUCCESS',
      identityHeader: 'x-ssl-client-s-dn',
      allowed: [],
    }),
  },
];
