// Made by `npm run provider`: a line for each file of this folder.

import type { ProviderFacts } from '../types';
import { ALERTMANAGER } from './alertmanager';
import { ASANA } from './asana';
import { AUTHORIZE_NET } from './authorize-net';
import { AZURE_DEVOPS } from './azure-devops';
import { AZURE_EVENT_GRID } from './azure-event-grid';
import { BIGCOMMERCE } from './bigcommerce';
import { BITBUCKET_SERVER } from './bitbucket-server';
import { BOX } from './box';
import { BRAINTREE } from './braintree';
import { BREVO } from './brevo';
import { BUILDKITE } from './buildkite';
import { CALCOM } from './calcom';
import { CASHFREE } from './cashfree';
import { CHARGEBEE } from './chargebee';
import { CIRCLECI } from './circleci';
import { CLERK } from './clerk';
import { CLICKUP } from './clickup';
import { COINBASE_COMMERCE } from './coinbase-commerce';
import { CONTENTFUL } from './contentful';
import { CRYPTOMUS } from './cryptomus';
import { DOCUSIGN } from './docusign';
import { DROPBOX } from './dropbox';
import { EBAY } from './ebay';
import { ECPAY } from './ecpay';
import { FIGMA } from './figma';
import { FLUTTERWAVE } from './flutterwave';
import { FLUTTERWAVE_V4 } from './flutterwave-v4';
import { GITEA } from './gitea';
import { GOCARDLESS } from './gocardless';
import { GOGS } from './gogs';
import { GOOGLE_PUBSUB } from './google-pubsub';
import { GRAFANA } from './grafana';
import { HEROKU } from './heroku';
import { HOME_ASSISTANT } from './home-assistant';
import { HYGRAPH } from './hygraph';
import { JOTFORM } from './jotform';
import { KLARNA } from './klarna';
import { KLARNA_NETWORK } from './klarna-network';
import { KUAIDI100 } from './kuaidi100';
import { LINE } from './line';
import { MAILGUN_ROUTES } from './mailgun-routes';
import { MANDRILL } from './mandrill';
import { MATTERMOST } from './mattermost';
import { MERCADO_PAGO } from './mercado-pago';
import { MICROSOFT_TEAMS } from './microsoft-teams';
import { MIDTRANS } from './midtrans';
import { MIDTRANS_PAYOUTS } from './midtrans-payouts';
import { MOLLIE } from './mollie';
import { MONDAY } from './monday';
import { MUX } from './mux';
import { NETLIFY } from './netlify';
import { NOWPAYMENTS } from './nowpayments';
import { PAYFAST } from './payfast';
import { PAYSTACK } from './paystack';
import { PLAID } from './plaid';
import { PLIVO } from './plivo';
import { POSTMARK } from './postmark';
import { QQ_BOT } from './qq-bot';
import { QUICKBOOKS } from './quickbooks';
import { RAZORPAY } from './razorpay';
import { RECURLY } from './recurly';
import { RESEND } from './resend';
import { REVOLUT } from './revolut';
import { SALESFORCE } from './salesforce';
import { SANITY } from './sanity';
import { STARLING } from './starling';
import { SURVEYMONKEY } from './surveymonkey';
import { TALLY } from './tally';
import { TELNYX } from './telnyx';
import { TENCENT_EVENTBRIDGE } from './tencent-eventbridge';
import { TRAVIS_CI } from './travis-ci';
import { TRELLO } from './trello';
import { TWITCH } from './twitch';
import { VERCEL } from './vercel';
import { VERIFONE_2CHECKOUT } from './verifone-2checkout';
import { VIBER } from './viber';
import { VONAGE } from './vonage';
import { WEBFLOW } from './webflow';
import { WISE } from './wise';
import { WOOCOMMERCE } from './woocommerce';
import { WORLDPAY } from './worldpay';
import { XENDIT } from './xendit';
import { XERO } from './xero';
import { ZENDESK } from './zendesk';

export const CATALOGUE_FACTS: readonly ProviderFacts[] = [
  ALERTMANAGER,
  ASANA,
  AUTHORIZE_NET,
  AZURE_DEVOPS,
  AZURE_EVENT_GRID,
  BIGCOMMERCE,
  BITBUCKET_SERVER,
  BOX,
  BRAINTREE,
  BREVO,
  BUILDKITE,
  CALCOM,
  CASHFREE,
  CHARGEBEE,
  CIRCLECI,
  CLERK,
  CLICKUP,
  COINBASE_COMMERCE,
  CONTENTFUL,
  CRYPTOMUS,
  DOCUSIGN,
  DROPBOX,
  EBAY,
  ECPAY,
  FIGMA,
  FLUTTERWAVE,
  FLUTTERWAVE_V4,
  GITEA,
  GOCARDLESS,
  GOGS,
  GOOGLE_PUBSUB,
  GRAFANA,
  HEROKU,
  HOME_ASSISTANT,
  HYGRAPH,
  JOTFORM,
  KLARNA,
  KLARNA_NETWORK,
  KUAIDI100,
  LINE,
  MAILGUN_ROUTES,
  MANDRILL,
  MATTERMOST,
  MERCADO_PAGO,
  MICROSOFT_TEAMS,
  MIDTRANS,
  MIDTRANS_PAYOUTS,
  MOLLIE,
  MONDAY,
  MUX,
  NETLIFY,
  NOWPAYMENTS,
  PAYFAST,
  PAYSTACK,
  PLAID,
  PLIVO,
  POSTMARK,
  QQ_BOT,
  QUICKBOOKS,
  RAZORPAY,
  RECURLY,
  RESEND,
  REVOLUT,
  SALESFORCE,
  SANITY,
  STARLING,
  SURVEYMONKEY,
  TALLY,
  TELNYX,
  TENCENT_EVENTBRIDGE,
  TRAVIS_CI,
  TRELLO,
  TWITCH,
  VERCEL,
  VERIFONE_2CHECKOUT,
  VIBER,
  VONAGE,
  WEBFLOW,
  WISE,
  WOOCOMMERCE,
  WORLDPAY,
  XENDIT,
  XERO,
  ZENDESK,
];
