import { cpus, loadavg, totalmem } from 'node:os';
import { ratiosOf } from './ratios';
import type { Measurement } from './types';

export interface Results {
  /** ISO 8601. */
  date: string;
  machine: string;
  /** Load average of the last minute before anything was measured: above 1 somebody else was at work too. */
  loadBefore: number;
  quick: boolean;
  /** By database. */
  measurements: Record<string, Measurement[]>;
}

export function emptyResults(quick: boolean): Results {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    machine:
      `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ` +
      `${process.platform} ${process.arch}, Node ${process.versions.node}; load generator and database on the same machine`,
    loadBefore: loadavg()[0] ?? 0,
    quick,
    measurements: {},
  };
}

/** The one table, as Markdown; the ratios stand below the figures that they are made of. */
export function toMarkdown({ date, machine, loadBefore, quick, measurements }: Results): string {
  const lines = [
    `Measured ${date.slice(0, 10)} on ${machine}. Load average before: ${loadBefore.toFixed(1)}.`,
    ...(quick ? ['**A quick run: it shows that everything works, not how fast it is.**'] : []),
  ];
  for (const [database, rows] of Object.entries(measurements)) {
    lines.push('', `### ${database}`, '', '| row | what | figure | |', '|---|---|---:|---|');
    lines.push(
      ...rows.map(
        ({ id, what, value, unit, detail }) => `| ${id} | ${what} | ${figure(value)} ${unit} | ${detail ?? ''} |`,
      ),
    );
    const ratios = ratiosOf(rows);
    if (ratios.length > 0) {
      lines.push('', '| ratio | reached | target | |', '|---|---:|---:|---|');
      lines.push(
        ...ratios.map(
          ({ name, value, target, bound, met }) =>
            `| ${name} | ${Number.isFinite(value) ? value.toFixed(2) : '–'} | ${bound} ${target} | ${met ? 'met' : '**missed**'} |`,
        ),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
