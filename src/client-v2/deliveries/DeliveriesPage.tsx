import { Card } from 'antd';
import { useState } from 'react';
import { DeliveriesView } from './DeliveriesView';
import { filtersIn } from './filters';

/** The deliveries of all webhooks, as a page of NocoBase's settings. */
export default function DeliveriesPage() {
  // What a link to this page asks for.
  const [filters] = useState(() => filtersIn(window.location.search));
  return (
    <Card variant="borderless">
      <DeliveriesView initialFilters={filters} />
    </Card>
  );
}
