// Does all that the tests need in a fresh clone, and runs them: `npm test -- <jest's own arguments>`.
import { createRequire } from 'node:module';
import { installOnDebian, installPackages, isOnPath, requireNode } from './setup.mjs';

requireNode();
installPackages();
const { register } = await import('tsx/cjs/api');
register();
const { runTests } = createRequire(import.meta.url)('./test/index.ts');
process.exitCode = await runTests(process.argv.slice(2), { installOnDebian, isOnPath });
