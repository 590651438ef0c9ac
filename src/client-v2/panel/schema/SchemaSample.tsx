import type { JsonSchema } from '../../../common/config';
import { schemaFromSample } from '../../../common/schemaFromSample';
import { useT } from '../../locale';
import { SamplePaste } from '../parts/SamplePaste';
import { useExample } from '../parts/useExample';

/** Makes a schema from a pasted sample or a provider's example, for the maker to go on from. */
export function SchemaSample({ onMade }: { onMade: (schema: JsonSchema) => void }) {
  const t = useT();
  const example = useExample();
  const make = (pasted: string): boolean => {
    try {
      onMade(schemaFromSample(JSON.parse(pasted)));
      return true;
    } catch {
      return false;
    }
  };
  return (
    <div style={{ marginBottom: 12 }}>
      <SamplePaste
        label={t('Make a schema from a sample')}
        hint={t('Paste a JSON body.')}
        action={t('Make the schema')}
        problem={t('This is not valid JSON.')}
        example={example}
        onPasted={make}
      />
    </div>
  );
}
