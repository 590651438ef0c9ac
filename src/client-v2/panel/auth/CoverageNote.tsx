import { Alert } from 'antd';
import type { Coverage } from '../../../common/presets';
import { useT } from '../../locale';

export interface CoverageNoteProps {
  coverage: Coverage;
  /** The secret itself is sent, and nothing is signed. */
  isToken?: boolean;
  /** Seconds that the maker allows in place of the service's own; 0: the time is not compared. */
  tolerance?: number | null;
}

/** What of a call the signature vouches for, so that a maker knows what to rely on. */
export function CoverageNote({ coverage, isToken, tolerance }: CoverageNoteProps) {
  const t = useT();
  const seconds = coverage.tolerance === null ? null : (tolerance ?? coverage.tolerance);
  return (
    <Alert
      type={coverage.body === 'whole' ? 'info' : 'warning'}
      showIcon
      style={{ marginBottom: 16 }}
      message={
        isToken
          ? t(
              'Each call carries the secret itself, and nothing of it is signed: whoever has seen one can make any other.',
            )
          : coverageText(t, coverage.body, seconds || null)
      }
    />
  );
}

function coverageText(t: ReturnType<typeof useT>, body: Coverage['body'], seconds: number | null): string {
  switch (body) {
    case 'whole':
      return seconds === null
        ? t('The signature covers the body, but no time: whoever has seen a call can send the same one again later.')
        : t('The signature covers the body and its time: a call that is off by more than {{seconds}} s is refused.', {
            seconds,
          });
    case 'part':
      return t('The signature covers some fields of the body only: rely on no others.');
    case 'checksum':
      return t('The signature covers a checksum of the body only: whoever has seen a call can make another body fit.');
    case 'none':
      return seconds === null
        ? t('The signature does not cover the body: whoever has seen a call can send another body with it.')
        : t(
            'The signature covers a time, but not the body: whoever has seen a call can send another body with it for {{seconds}} s.',
            { seconds },
          );
  }
}
