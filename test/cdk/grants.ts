/**
 * Who may touch what: per door, per resource, every action its role has, beyond its own log and X-Ray. A door that needs more
 * says so here, in the same change. `consume` reads and deletes from the door's own queue, `read` is a secret or a stream.
 */
export const grants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'capture/receive-form': { Bus: 'PutEvents' },
  'capture/receive-tracking': { Bus: 'PutEvents' },
  'capture/receive-email-event': { CaptureEmailEventsQueue: 'consume', Bus: 'PutEvents' },
  'capture/receive-reply': {
    CaptureRepliesQueue: 'consume',
    Leads: 'GetItem Query',
    LinkKeys: 'read',
    Bus: 'PutEvents',
    CaptureInboundMailBucket: 'ListBucket',
    'CaptureInboundMailBucket/replies/*': 'DeleteObject GetObject',
  },
  'capture/note-reception': { CaptureReceptionsQueue: 'consume', Leads: 'UpdateItem' },
  'capture/read-receptions': { Leads: 'BatchGetItem GetItem Query' },

  'scoring/score-activities': {
    ScoringActivitiesQueue: 'consume',
    Leads: 'BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    'Leads/index/byTime': 'Query',
    Pepper: 'read',
    LinkKeys: 'read',
  },
  'scoring/settle-leads': { ScoringDueQueue: 'consume', Leads: 'DeleteItem GetItem PutItem' },
  'scoring/explain-lead': { Leads: 'GetItem Query', 'Leads/index/byTime': 'Query' },

  'scoring/adjust-score': { Leads: 'GetItem', Bus: 'PutEvents' },
  'scoring/rescore-leads': {
    ScoringModelChangesQueue: 'consume',
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
    Bus: 'PutEvents',
  },
  'scoring/review-leads': {
    Leads: 'BatchGetItem GetItem PutItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
  },
  'scoring/read-activation': { Leads: 'GetItem' },

  'leads/publish-changes': {
    LeadsStream: 'read',
    Leads: 'BatchWriteItem DeleteItem GetItem',
    Bus: 'PutEvents',
    Undelivered: 'send',
  },
  'leads/sweep-due': {
    Leads: 'DeleteItem UpdateItem',
    'Leads/index/byList': 'Query',
    Bus: 'PutEvents',
    Undelivered: 'send',
  },
  'leads/read-leads': {
    Leads: 'BatchGetItem GetItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
    Pepper: 'read',
  },
  'leads/change-address': { Leads: 'ConditionCheckItem GetItem PutItem UpdateItem', Pepper: 'read' },
  'leads/store-playbook': { Leads: 'BatchWriteItem DeleteItem GetItem PutItem', Bus: 'PutEvents' },

  'nurture/follow-leads': {
    NurtureLeadsQueue: 'consume',
    Leads: 'ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    'Leads/index/byTime': 'Query',
    Bus: 'PutEvents',
  },
  'nurture/send-messages': {
    NurtureMessagesQueue: 'consume',
    Leads: 'ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    'Leads/index/byTime': 'Query',
    LinkKeys: 'read',
    Identity: 'SendRawEmail',
    ConfigurationSet: 'SendRawEmail',
    '*': 'GetSendQuota',
  },
  'nurture/note-fates': { NurtureFatesQueue: 'consume', Leads: 'GetItem UpdateItem', 'Leads/index/byTime': 'Query' },
  'nurture/reconcile-sends': {
    Leads: 'BatchGetItem PutItem UpdateItem',
    'Leads/index/byList': 'Query',
    Bus: 'PutEvents',
    '*': 'GetMessageInsights',
    Undelivered: 'send',
  },
  'nurture/read-enrollments': { Leads: 'Query' },
  'nurture/read-sequences': { Leads: 'BatchGetItem GetItem Query', 'Leads/index/byList': 'Query', Metrics: 'Query' },
  'nurture/send-test': { Leads: 'GetItem', Bus: 'PutEvents', Pepper: 'read' },
  'nurture/watch-reputation': {
    Leads: 'BatchGetItem GetItem PutItem Query',
    Metrics: 'Query',
    Undelivered: 'send',
  },
  'nurture/control-sending': { Leads: 'BatchGetItem DeleteItem GetItem PutItem Query', Metrics: 'Query' },
  'nurture/migrate-walks': {
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query',
    'Leads/index/byList': 'Query',
  },
  'nurture/read-sending': { Leads: 'BatchGetItem GetItem Query', 'Leads/index/byList': 'Query', Metrics: 'Query' },

  'consent/suppress-leads': {
    ConsentRefusalsQueue: 'consume',
    Leads: 'ConditionCheckItem GetItem PutItem Query UpdateItem',
    Pepper: 'read',
  },
  'consent/ask-confirmation': {
    ConsentSubmissionsQueue: 'consume',
    Leads: 'ConditionCheckItem GetItem PutItem',
    LinkKeys: 'read',
  },
  'consent/confirm': { Leads: 'DeleteItem GetItem PutItem Query UpdateItem', LinkKeys: 'read' },
  'consent/preferences': {
    Leads: 'ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    LinkKeys: 'read',
  },
  'consent/read-consent': { Leads: 'GetItem Query' },
  'consent/unsubscribe': {
    Leads: 'ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    LinkKeys: 'read',
  },

  'consent/erase-lead': { Leads: 'DeleteItem GetItem PutItem Query UpdateItem', Pepper: 'read' },
  'consent/erase-leads': {
    ConsentErasuresQueue: 'consume',
    Leads: 'DeleteItem GetItem PutItem Query UpdateItem',
  },
  'consent/export-lead': { Leads: 'BatchGetItem GetItem Query', Pepper: 'read' },

  'handoff/hand-off-leads': {
    HandoffQualifiedQueue: 'consume',
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem UpdateItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
  },
  'handoff/post-answers': {
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem UpdateItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
  },
  'handoff/answer-links': {
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem UpdateItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
    LinkKeys: 'read',
  },
  'handoff/follow-up-leads': {
    Bus: 'PutEvents',
    HandoffFollowUpsQueue: 'consume',
    Leads: 'ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    'Leads/index/byTime': 'Query',
  },
  'handoff/notify-handoffs': {
    HandoffChangesQueue: 'consume',
    Bus: 'PutEvents',
    Channels: 'read',
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem',
    'Leads/index/byTime': 'Query',
    LinkKeys: 'read',
  },
  'handoff/deliver-webhooks': {
    HandoffDeliveriesQueue: 'consume',
    Bus: 'PutEvents',
    Channels: 'read',
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem',
    'Leads/index/byTime': 'Query',
    LinkKeys: 'read',
  },
  'handoff/work-deliveries': {
    Bus: 'PutEvents',
    Channels: 'read',
    Leads: 'BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
    LinkKeys: 'read',
  },
  'handoff/work-tasks': { Leads: 'BatchGetItem GetItem UpdateItem', 'Leads/index/byList': 'Query' },
  'handoff/read-handoffs': { Leads: 'BatchGetItem GetItem', 'Leads/index/byList': 'Query' },
  'handoff/follow-audiences': {
    HandoffAudiencesQueue: 'consume',
    Leads: 'ConditionCheckItem GetItem PutItem Query',
    'Leads/index/byTime': 'Query',
  },
  'handoff/read-audiences': { Leads: 'BatchGetItem', 'Leads/index/byList': 'Query' },
  'handoff/read-leaks': { Leads: 'BatchGetItem', 'Leads/index/byDay': 'Query', 'Leads/index/byTime': 'Query' },

  'metrics/roll-days': {
    Leads: 'DeleteItem Query',
    'Leads/index/byDay': 'Query',
    Metrics: 'BatchGetItem PutItem Query',
    Undelivered: 'send',
  },
  'metrics/read-days': { Metrics: 'Query' },

  // The pepper finds a lead by the address somebody types into the search box.
  'web/show-pages': {
    Leads: 'BatchGetItem GetItem Query',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
    Metrics: 'GetItem Query',
    Pepper: 'read',
  },
  'web/show-sequences': {
    Leads: 'BatchGetItem GetItem Query',
    'Leads/index/byList': 'Query',
    Metrics: 'Query',
    Pepper: 'read',
  },
  'web/show-reports': {
    Leads: 'BatchGetItem GetItem',
    'Leads/index/byDay': 'Query',
    'Leads/index/byTime': 'Query',
    'Leads/index/byList': 'Query',
  },
  'web/show-public-pages': {},
};
