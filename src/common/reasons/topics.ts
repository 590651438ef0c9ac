// Framework-free: where a reason leads: the setting that it hangs on, what can be done about it, and where the docs say more.

/** A section of the trigger's panel, by its key there. */
export type PanelPlace =
  | 'route'
  | 'auth'
  | 'allowlist'
  | 'rateLimit'
  | 'events'
  | 'schema'
  | 'filter'
  | 'response'
  | 'variables'
  | 'body'
  | 'delivery';

/** A place in NocoBase: of the panel; the page of what is set for all webhooks; the run. */
export type ReasonPlace = { panel: PanelPlace } | 'network' | 'execution';

/** What is the same for all reasons of one kind. */
export interface ReasonTopic {
  /** Its name; like all texts here English, and the i18n key. */
  title: string;
  opens: ReasonPlace;
  /** The text of the button that leads there. */
  action: string;
  /** File and anchor below `docs/`. */
  docs: string;
}

export const REASON_TOPICS = {
  secret: {
    title: 'Secret',
    opens: { panel: 'auth' },
    action: 'Change the secret',
    docs: 'reasons.md#secret',
  },
  signature: {
    title: 'Signature',
    opens: { panel: 'auth' },
    action: 'Check the secret',
    docs: 'reasons.md#signature',
  },
  url: {
    title: 'Public URL',
    opens: 'network',
    action: 'Set the public URL',
    docs: 'reasons.md#public-url',
  },
  time: {
    title: 'Clock',
    opens: { panel: 'auth' },
    action: 'Change the clock tolerance',
    docs: 'reasons.md#clock',
  },
  credential: {
    title: 'Token or password',
    opens: { panel: 'auth' },
    action: 'Check the verification',
    docs: 'reasons.md#token-or-password',
  },
  proxy: {
    title: 'Proxy',
    opens: 'network',
    action: 'Set the trusted proxies',
    docs: 'reasons.md#proxy',
  },
  service: {
    title: 'Service',
    opens: { panel: 'auth' },
    action: "Check the service's settings",
    docs: 'reasons.md#service',
  },
  address: {
    title: 'Address',
    opens: { panel: 'allowlist' },
    action: 'Allow the address',
    docs: 'reasons.md#address',
  },
  method: {
    title: 'Method',
    opens: { panel: 'route' },
    action: 'Change the methods',
    docs: 'reasons.md#method',
  },
  load: {
    title: 'Rate and load',
    opens: { panel: 'rateLimit' },
    action: 'Change the rate limit',
    docs: 'reasons.md#rate-and-load',
  },
  body: {
    title: 'Body',
    opens: { panel: 'body' },
    action: 'Change how the body is read',
    docs: 'reasons.md#body',
  },
  data: {
    title: 'Validation',
    opens: { panel: 'schema' },
    action: 'Change the schema',
    docs: 'reasons.md#validation',
  },
  variables: {
    title: 'Variables',
    opens: { panel: 'variables' },
    action: 'Change the variables',
    docs: 'reasons.md#variables',
  },
  event: {
    title: 'Event',
    opens: { panel: 'events' },
    action: 'Choose the event',
    docs: 'reasons.md#event',
  },
  filter: {
    title: 'Filter',
    opens: { panel: 'filter' },
    action: 'Change the filter',
    docs: 'reasons.md#filter',
  },
  repeat: {
    title: 'Repeat',
    opens: { panel: 'delivery' },
    action: 'Change what repeats have in common',
    docs: 'reasons.md#repeat',
  },
  wait: {
    title: 'Waiting caller',
    opens: { panel: 'response' },
    action: 'Change the answer',
    docs: 'reasons.md#waiting-caller',
  },
  run: {
    title: 'Run',
    opens: 'execution',
    action: 'Look at the run',
    docs: 'reasons.md#run',
  },
  delivery: {
    title: 'Delivery',
    opens: { panel: 'delivery' },
    action: 'Change how runs are started',
    docs: 'reasons.md#delivery',
  },
} as const satisfies Record<string, ReasonTopic>;

export type ReasonTopicName = keyof typeof REASON_TOPICS;
