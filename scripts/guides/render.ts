import { coverageOf } from '../../src/common/coverage';
import { PROVIDERS } from '../../src/common/providers';
import type { Provider } from '../../src/common/providers/provider';
import { CODE_GUIDES } from './codeProviders';
import { coverageRow, deliveryIdText, handshakeText, signingRows } from './signing';

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
    'What to click there, which secret to paste here, and how each of them signs. The rules that hold for all of them, and what to do for a service that is not listed: [Verification](../verification.md).',
    '',
    '| Provider | Id | Secret |',
    '|---|---|---|',
    ...rows,
  ]);
}

function renderGuide(provider: Provider): string {
  const { title, setup, secretLabel, docs, scheme, id } = provider;
  const code = CODE_GUIDES[id];
  const handshakes = scheme ? (scheme.handshake ?? []).map(handshakeText) : (code?.handshakes ?? []);
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
    ...[...(scheme ? signingRows(scheme) : (code?.signing ?? [])), coverageRow(coverageOf(provider))].map(
      ([what, how]) => `| ${what} | ${how} |`,
    ),
    '',
    scheme ? deliveryIdText(provider) : (code?.deliveryId ?? ''),
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
    '## When it is refused',
    '',
    'The reason is in the deliveries. To look into it offline, save the request as it came, byte for byte, and run',
    '',
    '```sh',
    ...verifyLine(provider),
    '```',
    '',
    `[How ${title} signs its calls](${docs})`,
  ]);
}

function optionText({ help = '', required, secret }: NonNullable<Provider['options']>[number]): string {
  return [help, required && 'Required.', secret && 'Stored encrypted.'].filter(Boolean).join(' ');
}

function verifyLine({ id, options = [], scheme }: Provider): string[] {
  const needed = options.filter(({ required }) => required).map(({ name }) => ` --option ${name}=…`);
  const signsUrl = scheme ? scheme.content?.includes('{url') : id === 'twilio' || id === 'http-message-signatures';
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
