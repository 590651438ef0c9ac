// Framework-free. Made by `npm run provider`: a line for each file of this folder.

import type { Provider } from '../provider';
import { WOOCOMMERCE } from './woocommerce';

export const CATALOGUE: readonly Provider[] = [WOOCOMMERCE];
