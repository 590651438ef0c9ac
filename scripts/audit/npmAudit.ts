import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundledPackage } from './bundledPackages';

/** A known vulnerability of a package that is bundled. */
export interface Finding {
  name: string;
  severity: string;
  title: string;
  url: string;
}

/** `unavailable`: nobody answered, so nothing is known. */
export type AuditResult = { kind: 'answered'; findings: Finding[] } | { kind: 'unavailable'; reason: string };

interface Report {
  vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }>;
  auditReportVersion?: number;
  message?: string;
}

/** Asks npm's registry about exactly these packages, whatever else the project has installed. */
export async function npmAudit(packages: readonly BundledPackage[]): Promise<AuditResult> {
  const folder = mkdtempSync(join(tmpdir(), 'nocobase-webhook-audit-'));
  try {
    writeProject(folder, packages);
    return read(await run(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A project that has these packages and no others. By an alias each, since one may be there in two versions. */
function writeProject(folder: string, packages: readonly BundledPackage[]): void {
  const aliased = packages.map(({ name, version }, index) => ({ alias: `bundled-${index}`, name, version }));
  const root = {
    name: 'bundled',
    version: '1.0.0',
    dependencies: Object.fromEntries(aliased.map(({ alias, name, version }) => [alias, `npm:${name}@${version}`])),
  };
  const locked = aliased.map(({ alias, name, version }) => [`node_modules/${alias}`, { name, version }] as const);
  const lock = { ...root, lockfileVersion: 3, requires: true, packages: { '': root, ...Object.fromEntries(locked) } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

function run(folder: string): Promise<string> {
  // npm ends with 1 where it found something, and where it could not ask: what it says tells which.
  return new Promise((resolve) => {
    const args = ['audit', '--json', '--package-lock-only', '--fetch-retries=1', '--fetch-timeout=60000'];
    execFile('npm', args, { cwd: folder, env: process.env }, (_error, output) => resolve(output));
  });
}

function read(output: string): AuditResult {
  const report = parse(output);
  if (!report.vulnerabilities || report.auditReportVersion === undefined) {
    return { kind: 'unavailable', reason: report.message ?? 'npm gave no report' };
  }
  const findings = Object.entries(report.vulnerabilities).flatMap(([name, { severity, via }]) =>
    via.flatMap((cause) => (typeof cause === 'string' ? [] : [{ name, severity, title: cause.title, url: cause.url }])),
  );
  return { kind: 'answered', findings };
}

function parse(output: string): Report {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return {};
  }
}
