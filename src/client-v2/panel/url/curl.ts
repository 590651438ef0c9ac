import type { TokenAuth, WebhookAuth } from '../../../common/auth';
import type { WebhookConfig } from '../../../common/config';
import { schemeOfAuth } from '../../../common/schemeOfAuth';
import { inDoubleQuotes, literal, SECRET_LINE, toScript, type ExampleCall, type ShellCall } from './shell';
import { signedCall } from './signedCall';

export interface CurlExample {
  /** Lines of shell. They never hold a secret: `SECRET` is for the one who pastes them to set. */
  script: string;
  /** The scheme is beyond a line of shell: the script's call is refused. */
  unsignable: boolean;
}

const SAMPLE_BODY = '{"hello":"world"}';
const METHODS_WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH'];

/** An example call to `url` that satisfies the configuration, as far as a shell can. */
export function curlExample(config: WebhookConfig, url: string): CurlExample {
  const method = config.methods.includes('POST') ? 'POST' : (config.methods[0] ?? 'POST');
  const call: ExampleCall = {
    method,
    // `orders/:orderId` → `orders/orderId`: a value to replace, in a URL that works as it is.
    url: url.replace(/\/:(\w+)/g, '/$1'),
    body: METHODS_WITH_BODY.includes(method) ? SAMPLE_BODY : '',
  };
  const verified = verifiedCall(config.auth, call);
  return { script: toScript(verified ?? plainCall(call)), unsignable: verified === null };
}

/** A call without anything that proves who sends it. */
function plainCall({ method, url, body }: ExampleCall): ShellCall {
  return {
    setup: [],
    method,
    url: literal(url),
    options: body ? ["-H 'content-type: application/json'", `--data-binary ${literal(body)}`] : [],
  };
}

function verifiedCall(auth: WebhookAuth, call: ExampleCall): ShellCall | null {
  switch (auth.type) {
    case 'none':
      return plainCall(call);
    case 'basic': {
      const plain = plainCall(call);
      const user = `-u "${inDoubleQuotes(auth.username)}:$SECRET"`;
      return { ...plain, setup: [SECRET_LINE], options: [user, ...plain.options] };
    }
    case 'token':
      return tokenCall(auth, call);
    case 'signature':
    case 'provider': {
      const scheme = schemeOfAuth(auth);
      return scheme ? signedCall(scheme, call) : null;
    }
    case 'jwt':
    case 'mtls':
      return null;
  }
}

function tokenCall({ in: place, name, scheme }: TokenAuth, call: ExampleCall): ShellCall {
  const plain = plainCall(call);
  const setup = [SECRET_LINE];
  if (place === 'query') {
    return { ...plain, setup, url: `"${inDoubleQuotes(`${call.url}?${encodeURIComponent(name)}=`)}$SECRET"` };
  }
  const before = scheme ? `${scheme} ` : '';
  if (place === 'body') {
    // The shell fills the secret in between two quotes: a field of its own beside what is sent.
    const field = `"{\\"${inDoubleQuotes(name)}\\":\\"$SECRET\\"}"`;
    return { ...plain, setup, options: ["-H 'content-type: application/json'", `--data-binary ${field}`] };
  }
  return { ...plain, setup, options: [`-H "${inDoubleQuotes(`${name}: ${before}`)}$SECRET"`, ...plain.options] };
}
