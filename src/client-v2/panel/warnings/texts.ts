import type { WarningCode } from '../../../common/warnings';
import { text } from '../../locale';

/** What the panel says of each; English, and the i18n keys. */
export const WARNING_TEXTS: Record<WarningCode, string> = {
  UNVERIFIED_WRITE: text(
    'Nobody is verified, and a node writes data or calls another system: anyone who knows the URL can make it do so. Choose how a call is verified.',
  ),
  TOKEN_IN_QUERY: text(
    'The token stands in the URL: proxies and the sender’s logs keep it. Let it be sent in a header if the sender can.',
  ),
  RECORDED_CALL: text(
    'The signature holds no time, and nothing tells a repeat: whoever has kept a call can send it again, and it starts the workflow again. Set what repeats have in common.',
  ),
  WEAK_HASH: text(
    'The signature is made with {{hash}}, which is old. It is still safe with a long secret; use SHA-256 if the sender can.',
  ),
  ANY_PAGE: text(
    'Every web page may call it from its visitors’ browsers, and calls carry a credential: a page that knows it shows it to all of its visitors. Name the pages.',
  ),
  SYNC_WAITS: text(
    'Callers wait for the run, and a node waits for a person or a time: they are answered that it took too long.',
  ),
  SECRET_ENDS: text('A secret ends on {{date}}: from then on, calls that are signed with it are refused.'),
  ANY_ADDRESS: text('Every address is in {{network}}: the list of addresses lets everyone in.'),
};
