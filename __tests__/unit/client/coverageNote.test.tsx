/** @jest-environment jsdom */
import { render } from '@testing-library/react';
import { CoverageNote } from '../../../src/client-v2/panel/auth/CoverageNote';
import { coverageOf, coverageOfScheme } from '../../../src/common/coverage';
import { findProvider } from '../../../src/common/providers';
import type { Provider } from '../../../src/common/providers/provider';

jest.mock('@nocobase/flow-engine', () => jest.requireActual<typeof import('./host')>('./host').flowEngine, {
  virtual: true,
});

function shown(coverage: ReturnType<typeof coverageOf>, tolerance?: number) {
  const { container } = render(<CoverageNote coverage={coverage} tolerance={tolerance} />);
  return { text: container.textContent, isWarning: container.querySelector('.ant-alert-warning') !== null };
}

const provider = (id: string) => coverageOf(findProvider(id) as Provider);

it.each<[string, number | undefined, boolean, RegExp]>([
  ['stripe', undefined, false, /covers the body and its time.* 300 s/],
  ['stripe', 10, false, /covers the body and its time.* 10 s/],
  ['stripe', 0, false, /the body, but no time/],
  ['github', undefined, false, /the body, but no time/],
  ['wechat-mp', undefined, true, /a time, but not the body.* 300 s/],
  ['mailgun', 0, true, /does not cover the body/],
  ['paypal', undefined, true, /a checksum of the body only/],
  ['adyen', undefined, true, /some fields of the body only/],
])('says what the signature of %s covers, with a tolerance of %s', (id, tolerance, isWarning, text) => {
  const { text: found, isWarning: warns } = shown(provider(id), tolerance);
  expect(found).toMatch(text);
  expect(warns).toBe(isWarning);
});

it('says that a token signs nothing', () => {
  const { container } = render(<CoverageNote coverage={provider('gitlab')} isToken />);
  expect(container.textContent).toMatch(/carries the secret itself/);
});

it('says it of a signature that the maker describes', () => {
  expect(shown(coverageOfScheme({ kind: 'hmac' })).text).toMatch(/the body, but no time/);
  const ts = { from: 'header:x-time', tol: 60 } as const;
  expect(shown(coverageOfScheme({ kind: 'hmac', content: '{ts}.{body}', ts })).text).toMatch(/60 s/);
  expect(shown(coverageOfScheme({ kind: 'hmac', content: '{ts}', ts })).isWarning).toBe(true);
});
