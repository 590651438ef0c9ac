// Made by `npm run provider`: a line for each file of this folder.

import type { ProviderFacts } from '../types';
import { WOOCOMMERCE } from './woocommerce';

export const CATALOGUE_FACTS: readonly ProviderFacts[] = [WOOCOMMERCE];
