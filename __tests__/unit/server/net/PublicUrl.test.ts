import { PublicUrl } from '../../../../src/server/net/PublicUrl';

const none = () => {
  throw new Error('nothing is wrong');
};
const origin = () => 'http://inside:13000';

it('leaves it to the request until something is saved, and again when that is emptied', () => {
  const publicUrl = new PublicUrl(undefined, none);
  const seen = () => [publicUrl.urlOf('/api/webhooks/k?a=1', origin), publicUrl.source];
  expect(seen()).toEqual(['http://inside:13000/api/webhooks/k?a=1', 'default']);
  publicUrl.use('https://hooks.example.com/nb');
  expect(seen()).toEqual(['https://hooks.example.com/nb/api/webhooks/k?a=1', 'settings']);
  publicUrl.use('');
  expect(seen()).toEqual(['http://inside:13000/api/webhooks/k?a=1', 'default']);
  publicUrl.use(null);
  expect(seen()).toEqual(['http://inside:13000/api/webhooks/k?a=1', 'default']);
});

it('does not ask the request where there is a public URL', () => {
  expect(new PublicUrl('https://hooks.example.com', none).urlOf('/w', none)).toBe('https://hooks.example.com/w');
});

it('lets the environment win, an empty variable too', () => {
  const publicUrl = new PublicUrl(' https://Hooks.example.com/ ', none);
  publicUrl.use('https://saved.example');
  expect(publicUrl).toMatchObject({ value: 'https://hooks.example.com', source: 'environment' });
  const emptied = new PublicUrl('', none);
  emptied.use('https://saved.example');
  expect(emptied).toMatchObject({ value: '', source: 'environment' });
  expect(emptied.urlOf('/w', origin)).toBe('http://inside:13000/w');
});

it('says so, and takes neither it nor the saved one, where the environment can not be used', () => {
  const report = jest.fn();
  const publicUrl = new PublicUrl('hooks.example.com', report);
  publicUrl.use('https://saved.example');
  expect(publicUrl).toMatchObject({ value: '', source: 'environment' });
  expect(report.mock.calls).toEqual([[expect.stringMatching(/^WEBHOOK_PUBLIC_URL is not used: .*must begin with/)]]);
});
