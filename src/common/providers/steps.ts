// Framework-free: steps that are the same at many services. English, and the i18n keys.

export const PASTE_URL = 'Paste this URL as the address that is called.';
export const MAKE_UP_SECRET = 'Make up a long random secret and enter it on both sides: there and here.';
export const COPY_SECRET = 'Copy the secret that is shown there, paste it here, and save.';
export const JSON_BODY = 'Choose the content type “application/json”: of a form only a part is signed.';
export const CHOOSE_EVENTS = 'Choose the events that you want, and save.';
export const SAVE_HERE_FIRST = 'Save and enable this workflow first: the service checks the URL at once.';
export const SEND_TEST = 'Send a test from there and look for it in the deliveries here.';
export const VIA_API = 'There is no page for this: create the webhook through the API of the service, with this URL.';
export const TOKEN_IN_URL = 'Make up a long random token, enter it here, and add it to the URL there as ?token=….';
export const ONLY_HTTPS = 'Only https keeps what is sent from being seen: rely on nothing that you can’t look up.';
