import { join } from 'node:path';
import { buildLane } from '../../../scripts/build/client';
import { LANES } from '../../../scripts/build/externals';

/** `buildLane.ts <root> <folder>`: builds one client lane of a project whose package is named `plugin`. */
const [root = '', folder] = process.argv.slice(2);
const lane = LANES.find((one) => one.folder === folder);
if (!lane) {
  throw new Error(`no client lane is called ${folder}`);
}
void buildLane(root, join(root, 'dist'), 'plugin', lane);
