import { coverageOf } from '../../src/common/coverage';
import { PROVIDERS } from '../../src/common/providers';
import type { Provider } from '../../src/common/providers/provider';
import { signsPlaces } from '../../src/common/signedId';
import { contentTemplates } from '../../src/common/signedText';
import { CODE_GUIDES } from './codeProviders';
import { BASIC_ROWS, coverageRow, deliveryIdText, handshakeText, place, signingRows, tokenRows } from './signing';

const MADE = '<!-- Made by `npm run guides` from src/common/providers: change it there. -->';

/** Every guide, by its path below `docs/providers`. */
export function renderGuides(): Map<string, string> {
  return new Map([
    ['README.md', renderIndex()],
    ...PROVIDERS.map((provider) => [`${provider.id}.md`, renderGuide(provider)] as const),
  ]);
}

function renderIndex(): string {
  const rows = PROVIDERS.map(({ id, title, secretLabel }) => `| [${title}](${id}.md) | \`${id}\` | ${secretLabel} |`);
  return lines([
    '# Providers',
    '',
    MADE,
    '',
    'What to click there, which secret to paste here, and how each of them signs. The rules that hold for all of them, and the other ways: [Verification](../verification.md). For a service that is not here: [My sender isn’t in the list](../unlisted-senders.md).',
    '',
    '| Provider | Id | Secret |',
    '|---|---|---|',
    ...rows,
  ]);
}

function renderGuide(provider: Provider): string {
  const { title, setup, secretLabel, docs, scheme, id } = provider;
  const code = CODE_GUIDES[id];
  const data = scheme ?? provider.jwt;
  const handshakes = data ? (data.handshake ?? []).map(handshakeText) : (code?.handshakes ?? []);
  return lines([
    `# ${title}`,
    '',
    MADE,
    '',
    `In the panel choose *Verification*, *Provider*, *${title}*.`,
    '',
    '## Setting it up',
    '',
    ...setup.map((step, index) => `${index + 1}. ${step}`),
    '',
    '## Settings here',
    '',
    '| Setting | |',
    '|---|---|',
    `| ${secretLabel} | The secret, stored encrypted. Several at once while it changes. |`,
    ...(provider.options ?? []).map((option) => `| ${option.label} (\`${option.name}\`) | ${optionText(option)} |`),
    '',
    '## How it signs',
    '',
    '| | |',
    '|---|---|',
    ...[...rowsOf(provider), coverageRow(coverageOf(provider))].map(([what, how]) => `| ${what} | ${how} |`),
    '',
    data || provider.basic ? deliveryIdText(provider) : (code?.deliveryId ?? ''),
    '',
    ...(handshakes.length > 0
      ? [
          '## Its check of the URL',
          '',
          ...handshakes.map((text) => `- ${text}`),
          '',
          'It shows in the deliveries as ignored, and starts nothing.',
          '',
        ]
      : []),
    ...eventLines(provider),
    '## When it is refused',
    '',
    'The reason is in the deliveries. To look into it offline, save the request as it came, byte for byte, and run',
    '',
    '```sh',
    ...verifyLine(provider),
    '```',
    '',
    ...exampleLines(provider),
    `[How ${title} signs its calls](${docs})`,
  ]);
}

function rowsOf({ id, scheme, jwt, basic }: Provider): [what: string, how: string][] {
  if (scheme) {
    return signingRows(scheme);
  }
  return jwt ? tokenRows(jwt) : basic ? BASIC_ROWS : (CODE_GUIDES[id]?.signing ?? []);
}

function optionText({ help = '', required, secret }: NonNullable<Provider['options']>[number]): string {
  return [help, required && 'Required.', secret && 'Stored encrypted.'].filter(Boolean).join(' ');
}

function eventLines({ event, scheme }: Provider): string[] {
  if (!event) {
    return [];
  }
  const isOpen =
    event.from.some((source) => source.startsWith('header:')) && scheme && !signsPlaces(scheme, event.from);
  const names = event.names.length > 0 ? `: ${event.names.map((name) => `\`${name}\``).join(', ')} and others` : '';
  const open = isOpen ? ' It is not signed: rely on what the body says where it matters.' : '';
  return ['## What happened', '', `It says so in ${event.from.map(place).join(' or ')}${names}.${open}`, ''];
}

function exampleLines({ example }: Provider): string[] {
  if (!example) {
    return [];
  }
  const isJson = 'json' in example;
  const text = isJson ? JSON.stringify(example.json, null, 2) : example.text;
  return ['## What it sends', '', `\`\`\`${isJson ? 'json' : 'text'}`, text, '```', ''];
}

function verifyLine({ id, options = [], scheme }: Provider): string[] {
  const needed = options.filter(({ required }) => required).map(({ name }) => ` --option ${name}=…`);
  const signsUrl = scheme
    ? contentTemplates(scheme).some((text) => /\{(url|target|path)/.test(text))
    : id === 'twilio' || id === 'http-message-signatures';
  return [
    ...(id === 'aws-sns'
      ? []
      : ['read -rs WEBHOOK_SECRET && export WEBHOOK_SECRET   # paste the secret: it shows nowhere']),
    `npx nocobase-webhook verify --provider ${id}${needed.join('')}${signsUrl ? ' --url https://…' : ''} --request saved.http`,
  ];
}

function lines(texts: string[]): string {
  return `${texts.join('\n').trimEnd()}\n`;
}
