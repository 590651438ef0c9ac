import type { WebhookAuth } from '../../common/auth';
import { idSources } from '../../common/idPlaces';
import type { SignatureScheme } from '../../common/presets';
import { findProvider } from '../../common/providers';
import { contentTemplates } from './template';

/**
 * Whether the delivery id that this way to verify gives is part of what its signature covers: nobody but the sender can
 * have given it to that body. One that stands in a header beside the signature, or that comes with a token, is not.
 */
export function isDeliveryIdSigned(auth: WebhookAuth): boolean {
  if (auth.type === 'hmac') {
    return schemeSignsId({ kind: 'hmac', ...auth });
  }
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  return provider?.scheme ? schemeSignsId(provider.scheme) : (provider?.idSigned ?? false);
}

/** An id has to be signed wherever it may stand: which of its sources counts is up to who sends. */
function schemeSignsId(scheme: Pick<SignatureScheme, 'kind' | 'id' | 'content' | 'alternatives'>): boolean {
  const { kind, id = [] } = scheme;
  const templates = contentTemplates(scheme);
  return (
    kind !== 'token' &&
    id.length > 0 &&
    id.flatMap(idSources).every((source) => templates.every((content) => covers(content, source)))
  );
}

function covers(content: string, source: string): boolean {
  const [, place = ''] = /^(\w+):/.exec(source) ?? [];
  const whole: Partial<Record<string, string[]>> = {
    json: ['{body}'],
    xml: ['{body}'],
    query: ['{url}', '{url-decoded}'],
  };
  return (
    content.includes(`{${source}}`) ||
    (whole[place] ?? []).some((part) => content.includes(part)) ||
    (/\{sorted:([^{}]+)\}/.exec(content)?.[1] ?? '').split(',').includes(source)
  );
}
