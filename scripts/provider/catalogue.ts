import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const ROOT = join(__dirname, '..', '..');

/** Where a row and its facts for the tests are: a file each, by the provider's id. */
export const ROWS = join(ROOT, 'src', 'common', 'providers', 'catalogue');
export const FACTS = join(ROOT, '__tests__', 'unit', 'verifiers', 'engine', 'vectors', 'catalogue');

/** The name under which a row is exported: `mercado-pago` is `MERCADO_PAGO`. */
export function constantOf(id: string): string {
  const name = id.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Writes the lists of all files anew. */
export async function writeIndexes(): Promise<void> {
  await writeIndex(ROWS, 'CATALOGUE', 'Provider', '../provider', '// Framework-free. ');
  await writeIndex(FACTS, 'CATALOGUE_FACTS', 'ProviderFacts', '../types', '// ');
}

async function writeIndex(dir: string, list: string, type: string, from: string, comment: string): Promise<void> {
  const ids = readdirSync(dir)
    .filter((file) => file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
  const text = [
    `${comment}Made by \`npm run provider\`: a line for each file of this folder.`,
    '',
    `import type { ${type} } from '${from}';`,
    ...ids.map((id) => `import { ${constantOf(id)} } from './${id}';`),
    '',
    `export const ${list}: readonly ${type}[] = [`,
    ...ids.map((id) => `  ${constantOf(id)},`),
    '];',
    '',
  ].join('\n');
  await write(join(dir, 'index.ts'), text);
}

/** Writes a file as the formatter wants it. */
export async function write(path: string, text: string): Promise<void> {
  const parser = path.endsWith('.json') ? 'json' : 'typescript';
  writeFileSync(path, await format(text, { parser, printWidth: 120, singleQuote: true, trailingComma: 'all' }));
}
