// The first thing that runs in a fresh clone.
import { createRequire } from 'node:module';
import { installPackages, requireNode } from './setup.mjs';

requireNode();
installPackages();
// In this same process: the fewer there are, the fewer can be left behind.
const { register } = await import('tsx/cjs/api');
register();
createRequire(import.meta.url)('./start/index.ts');
