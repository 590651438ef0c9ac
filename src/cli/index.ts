#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { main } from './main';

void main(process.argv.slice(2), {
  env: process.env,
  now: () => Math.floor(Date.now() / 1000),
  // `-` is the standard input.
  read: (path) => readFileSync(path === '-' ? 0 : path),
  out: (bytes) => process.stdout.write(bytes),
  err: (text) => process.stderr.write(text),
}).then((code) => {
  process.exitCode = code;
});
