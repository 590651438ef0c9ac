import type { DeclaredVariable, VariableGroup } from '../../../common/config';

/**
 * The context attributes of CloudEvents 1.0, by where they stand: in binary mode in `ce-` headers, in
 * structured mode beside the event's own data. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const CLOUD_EVENT_VARIABLES: Partial<Record<VariableGroup, DeclaredVariable[]>> = {
  headers: [
    { path: 'ce-id', type: 'string' },
    { path: 'ce-source', type: 'string' },
    { path: 'ce-type', type: 'string' },
    { path: 'ce-subject', type: 'string' },
    { path: 'ce-time', type: 'date' },
    { path: 'ce-specversion', type: 'string' },
  ],
  data: [
    { path: 'id', type: 'string' },
    { path: 'source', type: 'string' },
    { path: 'type', type: 'string' },
    { path: 'subject', type: 'string' },
    { path: 'time', type: 'date' },
    { path: 'specversion', type: 'string' },
    { path: 'data' },
  ],
};
