// Framework-free.

import type { Provider } from '../provider';

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
    'Make up a long random token, enter it here, and add it to the URL there as ?token=….',
    'Each call is answered with the Ack that Salesforce waits for.',
    'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.',
  ],
  example: {
    text: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D</OrganizationId><Notification><Id>04l</Id></Notification></notifications></soapenv:Body></soapenv:Envelope>',
    contentType: 'text/xml',
  },
  docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_understanding.htm',
};
