import { Alert } from 'antd';
import { useT } from '../../locale';

export function NoAuthFields() {
  const t = useT();
  return <Alert type="warning" showIcon message={t('Anyone who knows the URL can start this workflow.')} />;
}
