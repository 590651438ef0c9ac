/**
 * Asks npm about every package that is bundled into the plugin: what its users get, and nothing of NocoBase.
 * Ends with 0: none is known to be vulnerable; 1: some are, or the build failed; 2: npm's registry does not answer such questions here.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../build';
import { packagesOf } from './bundledPackages';
import { npmAudit } from './npmAudit';

async function main(): Promise<number> {
  const dist = mkdtempSync(join(tmpdir(), 'nocobase-webhook-dist-'));
  try {
    const packages = packagesOf(await buildAll(dist));
    const listed = packages.map(({ name, version }) => `${name}@${version}`).join(', ');
    console.log(`${packages.length} packages are bundled: ${listed}`);
    const result = await npmAudit(packages);
    if (result.kind === 'unavailable') {
      console.error(`NOT AUDITED: npm's registry did not answer (${result.reason})`);
      return 2;
    }
    for (const { name, severity, title, url } of result.findings) {
      console.error(`${severity}: ${name}: ${title} (${url})`);
    }
    console.log(`${result.findings.length} known vulnerabilities in what is bundled`);
    return result.findings.length > 0 ? 1 : 0;
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
