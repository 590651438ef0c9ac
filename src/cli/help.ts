export const HELP = `nocobase-webhook: checks and makes signed webhook requests, offline

  nocobase-webhook verify --provider stripe --request saved.http [options]
  nocobase-webhook sign   --provider stripe --url https://… [--data '{"a":1}'] [options]
  nocobase-webhook list                 every provider, with its options

Whom to believe:
  --provider ID          one from the list
  --option NAME=VALUE    a setting of the provider; several times if there are several
  --tolerance SECONDS    how far the signed time may be off; 0: not checked
  --auth FILE            instead of --provider: the webhook's "auth" settings as JSON ({"type":"signature",…});
                         {{$env.NAME}} in it is taken from the environment

The secret (better not as an argument, which stays in the shell's history):
  WEBHOOK_SECRET=…       environment variable; not looked at where --auth holds secrets
  --secret-file FILE     a line break at its end does not count
  --secret TEXT          several times if there are several
  --secret-name NAME     its name, where the request names its key; in the order of the secrets

verify: runs what the plugin runs on every request
  --request FILE         a saved HTTP request: request line, headers, empty line, the body byte for byte; -: stdin
  --url URL              the webhook's public URL, where the provider signs it
  --now UNIX_SECONDS     when it was received; default: now
  Ends with 0: accepted, 1: refused, 2: called wrongly.

sign: makes a request that verify, and the webhook, accept
  --url URL              where it goes to
  --method METHOD        default POST
  --header 'NAME: VALUE' several times if there are several
  --data TEXT            the body; default {"hello":"world"}, with GET none
  --data-file FILE       the body's bytes; -: stdin
  --request FILE         instead of these: a saved request, to be signed anew
  --private-key FILE     PEM, for the providers that sign with one
  --now UNIX_SECONDS     the signed time; default: now
  --format curl|http     a line for the shell, or the request itself; default curl
`;
