// Framework-free: the platforms of Tencent, Alibaba and ByteDance.

import type { ExampleBody, Provider, ProviderOption } from './provider';
import { CHOOSE_EVENTS, PASTE_URL, SAVE_HERE_FIRST } from './steps';

const ENCODING_AES_KEY: ProviderOption = {
  name: 'encodingAESKey',
  label: 'EncodingAESKey',
  help: '43 letters and digits, as the platform shows them.',
  required: true,
  secret: true,
};

/** Somebody follows an account of WeChat's. */
const WECHAT_SUBSCRIBED: ExampleBody = {
  text: '<xml><ToUserName><![CDATA[gh_000000000000]]></ToUserName><FromUserName><![CDATA[oABCD0000000000000000000000]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event></xml>',
  contentType: 'text/xml',
  parsed: {
    xml: {
      ToUserName: 'gh_000000000000',
      FromUserName: 'oABCD0000000000000000000000',
      CreateTime: '1700000000',
      MsgType: 'event',
      Event: 'subscribe',
    },
  },
};

export const CHINA: readonly Provider[] = [
  {
    id: 'wecom',
    title: 'WeCom (企业微信)',
    event: {
      from: ['xml:Event', 'xml:MsgType'],
      names: ['subscribe', 'unsubscribe', 'enter_agent', 'LOCATION', 'click', 'view', 'text', 'image', 'voice'],
    },
    scheme: null,
    covers: { body: 'whole', url: false, tolerance: 300 },
    idSigned: true,
    secretLabel: 'Token',
    options: [
      ENCODING_AES_KEY,
      {
        name: 'receiveId',
        label: 'Receive ID',
        help: 'The corp ID; the suite ID for a third-party app; empty for a robot.',
      },
    ],
    setup: [
      'In the WeCom admin console open your app, “Receive messages”, “Set API receiving”.',
      'Have it make up a Token and an EncodingAESKey, and enter both here with the corp ID.',
      SAVE_HERE_FIRST,
      'Paste this URL there, and save.',
    ],
    example: {
      text: '<xml><ToUserName><![CDATA[ww0000000000000000]]></ToUserName><FromUserName><![CDATA[user1]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><AgentID>1</AgentID></xml>',
      contentType: 'text/xml',
      parsed: {
        xml: {
          ToUserName: 'ww0000000000000000',
          FromUserName: 'user1',
          CreateTime: '1700000000',
          MsgType: 'event',
          Event: 'subscribe',
          AgentID: '1',
        },
      },
    },
    docs: 'https://developer.work.weixin.qq.com/document/path/90930',
  },
  {
    id: 'wechat-mp',
    title: 'WeChat official account (微信公众号), plain mode',
    event: {
      from: ['xml:Event', 'xml:MsgType'],
      names: ['subscribe', 'unsubscribe', 'SCAN', 'LOCATION', 'CLICK', 'VIEW', 'text', 'image', 'voice'],
    },
    scheme: {
      kind: 'hash',
      alg: 'sha1',
      sig: { from: 'query:signature' },
      ts: { from: 'query:timestamp', tol: 300 },
      content: '{sorted:secret,query:timestamp,query:nonce}',
      // Events have no MsgId: https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html
      id: ['xml:MsgId', 'fields:xml:FromUserName,xml:CreateTime,xml:Event', 'fields:xml:FromUserName,xml:CreateTime'],
      handshake: [
        {
          kind: 'echostr',
          when: { method: 'GET', has: 'query:echostr' },
          auth: 'signature',
          reply: { status: 200, type: 'text/plain', body: '{query:echostr}' },
        },
      ],
    },
    secretLabel: 'Token',
    setup: [
      'On the official accounts platform open “Settings and development”, “Basic configuration”, “Server configuration”.',
      'Make up a token of 3 to 32 letters and digits, and enter it there and here.',
      SAVE_HERE_FIRST,
      'Paste this URL there, choose plain text mode, and submit.',
      'In plain mode the messages themselves are not signed: secure mode is the better choice.',
    ],
    example: WECHAT_SUBSCRIBED,
    docs: 'https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html',
  },
  {
    id: 'wechat-mp-secure',
    title: 'WeChat official account (微信公众号), secure mode',
    event: {
      from: ['xml:Event', 'xml:MsgType'],
      names: ['subscribe', 'unsubscribe', 'SCAN', 'LOCATION', 'CLICK', 'VIEW', 'text', 'image', 'voice'],
    },
    scheme: null,
    covers: { body: 'whole', url: false, tolerance: 300 },
    idSigned: true,
    secretLabel: 'Token',
    options: [
      ENCODING_AES_KEY,
      { name: 'receiveId', label: 'Receive ID', help: 'The app ID of the account.', required: true },
    ],
    setup: [
      'On the official accounts platform open “Settings and development”, “Basic configuration”, “Server configuration”.',
      'Make up a token of 3 to 32 letters and digits, and enter it there and here.',
      'Copy the EncodingAESKey and the app ID from there, and paste them here.',
      SAVE_HERE_FIRST,
      'Paste this URL there, choose secure mode, and submit.',
    ],
    example: WECHAT_SUBSCRIBED,
    docs: 'https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Message_encryption_and_decryption_instructions.html',
  },
  {
    id: 'dingtalk',
    title: 'DingTalk (钉钉), events',
    event: {
      from: ['json:EventType'],
      names: [
        'user_add_org',
        'user_modify_org',
        'user_leave_org',
        'org_dept_create',
        'org_dept_modify',
        'bpms_task_change',
        'bpms_instance_change',
      ],
    },
    scheme: null,
    covers: { body: 'whole', url: false, tolerance: 3600 },
    idSigned: true,
    secretLabel: 'Token',
    options: [
      ENCODING_AES_KEY,
      {
        name: 'receiveId',
        label: 'Receive ID',
        help: 'The AppKey of the app; the corp ID for older ones.',
        required: true,
      },
    ],
    setup: [
      'On the DingTalk open platform open your app, “Events and callbacks”, and choose HTTP push.',
      'Have it make up the encryption key (aes_key) and the token, and enter both here with the AppKey.',
      SAVE_HERE_FIRST,
      'Paste this URL there, verify it, and subscribe to the events that you want.',
    ],
    example: {
      json: {
        EventType: 'user_add_org',
        TimeStamp: '1700000000000',
        UserId: ['manager1'],
        CorpId: 'ding0000000000000000',
      },
    },
    docs: 'https://open.dingtalk.com/document/orgapp/configure-event-subcription',
  },
  {
    id: 'dingtalk-robot',
    title: 'DingTalk (钉钉), robot',
    event: { from: ['json:msgtype'], names: ['text', 'richText', 'picture', 'audio', 'video', 'file'] },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:sign', enc: 'base64' },
      ts: { from: 'header:timestamp', unit: 'ms', tol: 3600 },
      content: '{ts}\n{secret}',
      id: ['json:msgId'],
    },
    secretLabel: 'AppSecret',
    setup: [
      'On the DingTalk open platform open your app and add a robot that receives messages over HTTP.',
      'Copy the AppSecret of the app, paste it here, and save.',
      PASTE_URL,
      'Know that DingTalk signs the time only: whoever sees a call can change its body for an hour.',
    ],
    example: {
      json: {
        conversationId: 'cid00000000==',
        msgId: 'msg00000000==',
        senderNick: 'Example',
        conversationType: '2',
        senderId: '$:LWCP_v1:$00000000',
        createAt: 1700000000000,
        sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=xxxxx',
        text: { content: ' hello' },
        msgtype: 'text',
      },
    },
    docs: 'https://open.dingtalk.com/document/orgapp/receive-message',
  },
  {
    id: 'feishu',
    title: 'Feishu / Lark (飞书)',
    event: {
      from: ['json:header.event_type'],
      names: [
        'im.message.receive_v1',
        'im.chat.member.bot.added_v1',
        'contact.user.created_v3',
        'contact.user.deleted_v3',
        'approval_instance',
        'drive.file.edit_v1',
      ],
    },
    scheme: null,
    covers: { body: 'whole', url: false, tolerance: 300 },
    idSigned: true,
    secretLabel: 'Encrypt key',
    options: [
      {
        name: 'verificationToken',
        label: 'Verification token',
        help: 'Compared with the token in every event. Empty: not checked.',
        secret: true,
      },
    ],
    setup: [
      'In the developer console open your app, “Events and callbacks”, “Encryption strategy”.',
      'Set an Encrypt Key, and enter it here with the Verification Token.',
      SAVE_HERE_FIRST,
      'Under “Event configuration” choose to send events to a URL, and paste this one.',
      CHOOSE_EVENTS,
    ],
    example: {
      json: {
        schema: '2.0',
        header: {
          event_id: '5e3702a84e847582be8db7fb73283c02',
          event_type: 'im.message.receive_v1',
          create_time: '1700000000000',
          token: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
          app_id: 'cli_9f5343c580712544',
          tenant_key: '2ca1d211f64f6438',
        },
        event: {
          message: {
            message_id: 'om_5ce6d572455d361153b7cb51da133945',
            chat_id: 'oc_5ce6d572455d361153b7cb5xxfsdfsdfdsf',
            chat_type: 'group',
            message_type: 'text',
            content: '{"text":"hello"}',
          },
        },
      },
    },
    docs: 'https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case',
  },
];
