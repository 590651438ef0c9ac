import { Card } from 'antd';
import { DeliveriesView } from './DeliveriesView';

/** The deliveries of all webhooks, as a page of NocoBase's settings. */
export default function DeliveriesPage() {
  return (
    <Card variant="borderless">
      <DeliveriesView />
    </Card>
  );
}
