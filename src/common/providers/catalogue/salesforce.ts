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
    'Leave “Send Session ID” off: with it, each call brings a key to your Salesforce.',
    'Each call is answered with the Ack that Salesforce waits for.',
    ONLY_HTTPS,
  ],
  example: {
    text: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D</OrganizationId><ActionId>04k</ActionId><SessionId xsi:nil="true"/><EnterpriseUrl>https://example.com/services/Soap/c/58.0/00D</EnterpriseUrl><PartnerUrl>https://example.com/services/Soap/u/58.0/00D</PartnerUrl><Notification><Id>04l</Id><sObject xsi:type="sf:Opportunity" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>006</sf:Id><sf:Name>An order</sf:Name></sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>',
    contentType: 'text/xml',
    parsed: {
      soapenv_Envelope: {
        '@xmlns_soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
        '@xmlns_xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        soapenv_Body: {
          notifications: {
            '@xmlns': 'http://soap.sforce.com/2005/09/outbound',
            OrganizationId: '00D',
            ActionId: '04k',
            SessionId: { '@xsi_nil': 'true' },
            EnterpriseUrl: 'https://example.com/services/Soap/c/58.0/00D',
            PartnerUrl: 'https://example.com/services/Soap/u/58.0/00D',
            Notification: {
              Id: '04l',
              sObject: {
                '@xsi_type': 'sf:Opportunity',
                '@xmlns_sf': 'urn:sobject.enterprise.soap.sforce.com',
                sf_Id: '006',
                sf_Name: 'An order',
              },
            },
          },
        },
      },
    },
  },
  docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_wsdl.htm',
};
