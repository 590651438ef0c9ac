import type { SettingSource } from '../../common/settings';
import { describeIssue } from '../../common/validateConfig';
import { trustedProxies } from '../../common/validateNetwork';
import { trustOf, type Trust } from './clientAddress';

/** NocoBase's own nginx stands on the same machine. */
const DEFAULT_TRUSTED_PROXIES: readonly string[] = ['loopback'];

/** The proxies whose `X-Forwarded-*` headers are believed. Can be replaced while requests come in. */
export class TrustedProxies {
  private current = trustOf(DEFAULT_TRUSTED_PROXIES);
  list: readonly string[] = DEFAULT_TRUSTED_PROXIES;
  source: SettingSource = 'default';

  /**
   * @param environment value of `WEBHOOK_TRUSTED_PROXIES`: addresses, networks and names of ranges, with commas
   * between; empty text: none. Of a value that can't be used `report` is told, and nobody is trusted: to go on
   * with other proxies would be to guess who calls.
   */
  constructor(environment: string | undefined, report: (problem: string) => void) {
    if (environment === undefined) {
      return;
    }
    const list = environment.split(',').flatMap((entry) => entry.trim() || []);
    const [problem] = trustedProxies(list, 'WEBHOOK_TRUSTED_PROXIES');
    if (problem) {
      report(`WEBHOOK_TRUSTED_PROXIES trusts nobody: ${describeIssue(problem)}`);
    }
    this.replace(problem ? [] : list, 'environment');
  }

  /** Believes the current proxies, whatever they are by then. */
  readonly trust: Trust = (address, index) => this.current(address, index);

  /** Takes over what was saved on the settings page; null: nothing was. The environment stays as it is. */
  use(saved: readonly string[] | null): void {
    if (this.source !== 'environment') {
      this.replace(saved ?? DEFAULT_TRUSTED_PROXIES, saved ? 'settings' : 'default');
    }
  }

  private replace(list: readonly string[], source: SettingSource): void {
    this.current = trustOf(list);
    this.list = list;
    this.source = source;
  }
}
