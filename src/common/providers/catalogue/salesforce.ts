// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, TOKEN_IN_URL } from '../steps';

export const SALESFORCE: Provider = {
  id: 'salesforce',
  title: 'Salesforce outbound messages',
  scheme: {
    kind: 'token',
    sig: {
      from: 'query:token',
    },
    answer: {
      status: 200,
      type: 'text/xml',
      body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
    },
  },
  secretLabel: 'Token',
  setup: [
    'At Salesforce open “Setup”, “Outbound Messages”, “New Outbound Message”.',
    TOKEN_IN_URL,
    'Each call is answered with the Ack that Salesforce waits for.',
    ONLY_HTTPS,
  ],
  example: {
    text: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D</OrganizationId><Notification><Id>04l</Id></Notification></notifications></soapenv:Body></soapenv:Envelope>',
    contentType: 'text/xml',
    parsed: {
      soapenv_Envelope: {
        '@xmlns_soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
        soapenv_Body: {
          notifications: {
            '@xmlns': 'http://soap.sforce.com/2005/09/outbound',
            OrganizationId: '00D',
            Notification: { Id: '04l' },
          },
        },
      },
    },
  },
  docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_wsdl.htm',
};
