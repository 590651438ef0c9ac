import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { triggerConfigSchemas } from './triggerConfig';

/** Writes anew what NocoBase's API documentation shows of a webhook's configuration. */
void (async () => {
  const file = join(__dirname, '..', '..', 'src', 'swagger', 'triggerConfig.json');
  writeFileSync(file, await format(JSON.stringify(triggerConfigSchemas()), { filepath: file, printWidth: 120 }));
})();
