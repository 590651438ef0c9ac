import type { ProviderFacts } from '../types';

export const TRAVIS_CI: ProviderFacts = {
  provider: 'travis-ci',
  covers: ['part', false, null],
  idSigned: null,
  vectors: [
    {
      source:
        'https://docs.travis-ci.com/user/notifications/#verifying-webhook-requests, its rule; Python cryptography, by the rule of the documentation',
      secret:
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsFeIJn7RNTYhl41IC89E\n5Uc4J4SavX5yGLE2ovdDwu3zf57QWPLwXaCsENSWRTSPN5SmsUT5HeXmK6vH647I\n02Cx5VXOJ7AitEXB2O6Pj849AGLxNdb0hxOAdqAs0QpRkiUrzhwtEqXmYwKNuB90\ngBrv7Sd1qjDyug9ssbz++ARhXfTr0sPvRepV8tgiGGLs7/9GiZbMkDvyrX2CEq27\nd7BxKmuHcrQT1DqG+v3fkOlcC8Di6hmtWeURmcVeobWc+ynYhxzZUcCA35r4mZx0\nvj2W2w77y3bjlF5nq7vD5jePVng2p0wCykLVOaFMwemibfdPdaVIETvG90/MgZGb\nwQIDAQAB\n-----END PUBLIC KEY-----\n',
      otherSecret:
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6jshjNOfyU8blp7tpFtb\ntR856KfF+87SjttRmDYsGXKEU+3biOyX1xGB3oU2k2SoKiztTrvtuypncAUwEr3V\nTSyvE9TqrKOGRCuzbfpcEiFvGSZpgXh+Rtp64fikYXhWr3Rh4GBKJ6uh/OBd55Dv\nJteK9uuu0NuttJH9wvC5Fzhhc4kbw4CoJzGBX3l56ErivawCllBFjyCEdYlEgTvp\nqSSHbnxUOVqBwdNRC08/GQRF51J4fkWo07diYlAcN0QofZDCIi0/R1el9J9AG3mF\nCD6KrI/Nht/rNuHZ7Lsx9YuydgLOAi6oJtvfY2YJKn+SFL/LbXG/qknMPyF7wVpP\n0wIDAQAB\n-----END PUBLIC KEY-----\n',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          signature:
            'IDdtEbIplxFBAuNmqmip2F9jk/U4EYIDWVPPVTMFLJ34I9Gsba3o03wK5EtgQlN20YbnM6JBKOZ/HREcIG9xkmnz4n3b7B+XoG1MR8bOcR6R4r06r5dl68+4Ndxg3NL1dWSZGRFWBsuzAlhx/Yidmn9zNZh482Esl8b5k4T2itxDl30o17C9zSIs6XUQJLoQhxOKl+39BD7b/P1ieCedSWOO9s66jypazJvwPLw8cvWD6EoNFXLkBFN8da6g6bqgVxX6yXtbi2PK7wEzKj85q97TiRxZMv0rjhqWzXTCbaMWf6v70VmtMcxA9gI86fxMAle7YZIwzQ1YNt+KPrsCDg==',
        },
        body: 'payload=%7B%22id%22%3A1%2C%22number%22%3A%221%22%2C%22status_message%22%3A%22Passed%22%7D',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'header:signature',
      signsBody: false,
    },
  ],
};
