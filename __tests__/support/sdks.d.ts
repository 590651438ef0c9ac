// What the tests use of SDKs that come without types.

declare module 'braintree' {
  export class BraintreeGateway {
    constructor(config: { environment: unknown; merchantId: string; publicKey: string; privateKey: string });
    webhookTesting: { sampleNotification(kind: string, id: string): { bt_signature: string; bt_payload: string } };
    webhookNotification: { parse(signature: string, payload: string): Promise<{ kind: string }> };
  }
  export const Environment: { Sandbox: unknown };
}

declare module 'coinbase-commerce-node' {
  export const Webhook: { verifySigHeader(payload: string, signature: string, secret: string): boolean };
}

declare module 'viber-bot/lib/message/message-validator' {
  export default class MessageValidator {
    constructor(logger: { debug(...texts: unknown[]): void }, authToken: string);
    validateMessage(signature: string, message: string): boolean;
  }
}

declare module 'event-notification-nodejs-sdk' {
  export function validateEndpoint(challenge: string, config: { endpoint: string; verificationToken: string }): string;
}

declare module 'event-notification-nodejs-sdk/lib/validator' {
  export function validateSignature(message: unknown, header: string, config: object): Promise<boolean>;
}

declare module 'box-node-sdk/managers/webhooks' {
  export default class Webhooks {
    static validateMessage(body: string, headers: Record<string, string>, primary: string, secondary?: string): boolean;
  }
}

declare module 'webflow-api/dist/wrapper/WebhooksClient' {
  export class Client {
    constructor(options: object);
    verifySignature(call: { headers: Record<string, string>; body: string; secret: string }): Promise<boolean>;
  }
}
