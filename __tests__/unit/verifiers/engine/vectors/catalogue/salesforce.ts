import type { ProviderFacts } from '../types';

export const SALESFORCE: ProviderFacts = {
  provider: 'salesforce',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['query:token'],
  vectors: [
    {
      source:
        'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_wsdl.htm, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'text/xml',
        },
        body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D</OrganizationId><Notification><Id>04l</Id></Notification></notifications></soapenv:Body></soapenv:Envelope>',
        url: '/api/webhooks/key?token=a-signing-secret',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'query:token',
      signsBody: false,
      isToken: true,
      reply: {
        status: 200,
        contentType: 'text/xml',
        body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
      },
    },
  ],
};
