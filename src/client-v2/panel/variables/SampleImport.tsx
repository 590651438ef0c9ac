import type { DeclaredVariable } from '../../../common/config';
import { useT } from '../../locale';
import { SamplePaste } from '../parts/SamplePaste';
import { useExample } from '../parts/useExample';
import type { Sample } from './samples';

export interface SampleImportProps {
  sample: Sample;
  onRead: (found: DeclaredVariable[]) => void;
}

/** Reads variables from a pasted piece of a real call, or from a provider's example body. */
export function SampleImport({ sample, onRead }: SampleImportProps) {
  const t = useT();
  const example = useExample();
  const read = (pasted: string): boolean => {
    const found = sample.read(pasted);
    if (!found?.length) {
      return false;
    }
    onRead(found);
    return true;
  };
  return (
    <SamplePaste
      label={t('From a sample')}
      hint={t(sample.hint)}
      action={t('Add its variables')}
      problem={t('No variables could be read from this.')}
      example={sample.isBody ? example : undefined}
      onPasted={read}
    />
  );
}
