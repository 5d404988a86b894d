// The two calls that card and settings page make, both to our own Worker through HubSpot's signing proxy. Neither changes
// anything at a vendor, so HubSpot's automatic second try does no harm.
import { hubspot } from '@hubspot/ui-extensions';

export type View = 'panel' | 'send' | 'settings';

/** How the HubSpot user stands with DocuSign. */
export type Connection = { state: 'not-installed' | 'not-connected' | 'connected' | 'must-reconnect' };

/** What an envelope's tag says. Which envelope gets which is decided in `shared::card`. */
export type Face =
  | 'sending'
  | 'draft'
  | 'sent'
  | 'viewed'
  | 'partial'
  | 'completed'
  | 'declined'
  | 'voided'
  | 'bounced'
  | 'correct'
  | 'other';

export interface CardEnvelope {
  id: string;
  subject: string;
  face: Face;
  /** DocuSign's own word, for `other`. */
  status: string;
  signed: number;
  of: number;
  /** Names of those it waits for now. */
  next: string[];
  /** Milliseconds since 1970. */
  status_at: number;
}

/** `shared::card::CardAnswer`. */
export interface CardAnswer {
  connection: Connection;
  envelopes: CardEnvelope[];
  total: number;
}

export interface RecordKey {
  objectTypeId: string;
  objectId: number | string;
}

/** Something that did not work: the edge's own code, or what the way there did. */
export class Failure extends Error {
  readonly code: string;
  readonly supportId: string;

  constructor(code: string, supportId = '') {
    super(code);
    this.code = code;
    this.supportId = supportId;
  }
}

// HubSpot gives up after 15 seconds; this leaves it room to try twice.
const TIMEOUT_MS = 7_000;

/** Where to point the frame. The address works once, for two minutes. The settings have no record. */
export async function launch(
  base: string,
  record: RecordKey | null,
  view: View,
  locale: string | undefined
): Promise<string> {
  const answer = await post(base, '/hubspot/launch', { ...record, view, locale });
  if (!isObject(answer) || typeof answer.url !== 'string') throw new Failure('network');
  return answer.url;
}

/** The record's envelopes, those that need somebody first. */
export async function envelopes(base: string, record: RecordKey): Promise<CardAnswer> {
  const answer = await post(base, '/hubspot/panel', { ...record });
  if (!isObject(answer) || !isObject(answer.connection) || !Array.isArray(answer.envelopes)) {
    throw new Failure('network');
  }
  return answer as unknown as CardAnswer;
}

async function post(base: string, path: string, body: Record<string, unknown>): Promise<unknown> {
  let response: Response;
  try {
    response = await hubspot.fetch(`${base}${path}`, { method: 'POST', timeout: TIMEOUT_MS, body });
  } catch (thrown) {
    throw failure(thrown, 0);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failure(answer, response.status);
  return answer;
}

/**
 * HubSpot's proxy wraps what our Worker refused (`BAD_GATEWAY` with `appServerStatusCode` and `responseBody`).
 * Whether the wrapper arrives as a body, or is thrown, is not documented: both are read, and so is a bare answer.
 */
function failure(answer: unknown, status: number): Failure {
  const wrapper = isObject(answer) ? answer : {};
  for (const candidate of [wrapper.responseBody, wrapper]) {
    const error = typeof candidate === 'string' ? parsed(candidate) : candidate;
    if (isObject(error) && typeof error.code === 'string') {
      return new Failure(error.code, typeof error.support_id === 'string' ? error.support_id : '');
    }
  }
  const context = isObject(wrapper.context) ? wrapper.context : {};
  const told = Array.isArray(context.appServerStatusCode) ? Number(context.appServerStatusCode[0]) : status;
  return new Failure(told === 401 ? 'unauthorized' : 'network');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
