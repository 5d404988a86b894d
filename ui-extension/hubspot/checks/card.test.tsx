// The card in HubSpot's own test renderer, with `hubspot.fetch` standing in for the proxy.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Alert, Button, ErrorState, LoadingButton, LoadingSpinner, StatusTag } from '@hubspot/ui-extensions';
import {
  type RenderedNode,
  RenderedNodeType,
  type RenderedRootNode,
  type RenderedTextNode,
  createRenderer,
} from '@hubspot/ui-extensions/testing';
import type { CardAnswer, CardEnvelope } from '../src/app/cards/edge';
import { EnvelopeCard } from '../src/app/cards/EnvelopeCard';

interface Call {
  url: string;
  options: { method: string; body: Record<string, unknown> };
}
type Answer = () => Promise<Response>;

const calls: Call[] = [];
let answers: Record<string, Answer> = {};

beforeEach(() => {
  calls.length = 0;
  answers = {};
  Object.assign(globalThis, {
    self: {
      hsFetch: (url: string, options: Call['options']) => {
        calls.push({ url, options });
        const answer = answers[new URL(url).pathname];
        assert.ok(answer, url);
        return answer();
      },
    },
  });
});

const ok =
  (body: unknown, status = 200): Answer =>
  async () =>
    new Response(JSON.stringify(body), { status });

/** What HubSpot's proxy makes of an answer outside 2xx. */
const refused = (status: number, responseBody: unknown) => ({
  status: 'error',
  category: 'BAD_GATEWAY',
  message: 'Bad gateway',
  context: { appServerStatusCode: [String(status)] },
  responseBody,
});

const DAY = 86_400_000;

const envelope = (more: Partial<CardEnvelope>): CardEnvelope => ({
  id: 'e1',
  subject: 'Order form',
  face: 'sent',
  status: 'sent',
  signed: 0,
  of: 1,
  next: ['Ann Lee'],
  status_at: Date.now() - 3 * DAY,
  ...more,
});

const panel = (more: Partial<CardAnswer> = {}): CardAnswer => ({
  connection: { state: 'connected' },
  envelopes: [],
  total: 0,
  ...more,
});

const LAUNCH = { url: 'https://sign.example.com/app/#launch=once' };

function show(user: { locale?: string; language?: string } = {}, place: 'sidebar' | 'tab' = 'sidebar') {
  const renderer = createRenderer(`crm.record.${place}` as 'crm.record.sidebar');
  const { context } = renderer.mocks;
  Object.assign(context, { variables: { BASE_URL: 'https://sign.example.com/' } });
  Object.assign(context.crm, { objectId: 987654, objectTypeId: '0-3' });
  Object.assign(context.user, user);
  renderer.render(<EnvelopeCard />);
  return renderer;
}

type Shown = ReturnType<typeof show>;

/** All words on the card, in their order. */
const text = (card: Shown) => words(card.getRootNode());

function words(node: RenderedNode): string {
  if (node.nodeType === RenderedNodeType.Text) return (node as RenderedTextNode).text;
  return (node as RenderedRootNode).childNodes.map(words).join(' ');
}

/** The button with these words on it. */
const button = (card: Shown, label: string) => {
  const all = [...card.findAll(Button), ...card.findAll(LoadingButton)];
  const found = all.find((one) => words(one) === label);
  assert.ok(found, `${label} in ${text(card)}`);
  return found;
};

test('envelopes are listed with word, colour, who is next and since when', async () => {
  answers['/hubspot/panel'] = ok(
    panel({
      envelopes: [
        envelope({ id: 'a', subject: 'Master agreement', face: 'declined', next: [] }),
        envelope({ id: 'b', face: 'partial', signed: 1, of: 3, next: ['Ann Lee', 'Bo Lind'] }),
      ],
      total: 2,
    })
  );
  const card = show({ locale: 'en-us' });
  assert.ok(card.find(LoadingSpinner).props.label.length > 0);
  await card.waitFor(() => assert.equal(card.findAll(StatusTag).length, 2));
  const tags = card.findAll(StatusTag).map((tag) => [tag.text, tag.props.variant]);
  assert.deepEqual(tags, [
    ['Declined', 'danger'],
    ['1 of 3 signed', 'info'],
  ]);
  assert.ok(text(card).includes('Master agreement'));
  assert.ok(text(card).includes('Waiting for Ann Lee and Bo Lind · 3 days ago'), text(card));
  assert.deepEqual(calls[0], {
    url: 'https://sign.example.com/hubspot/panel',
    options: { method: 'POST', timeout: 7_000, body: { objectTypeId: '0-3', objectId: 987654 } },
  });
});

test('the card speaks Danish to those who do, and English to everybody else', async () => {
  answers['/hubspot/panel'] = ok(panel({ envelopes: [envelope({ face: 'completed', next: [] })], total: 1 }));
  const danish = show({ locale: 'da-dk', language: 'da' });
  await danish.waitFor(() => assert.equal(danish.find(StatusTag).text, 'Gennemført'));
  assert.ok(text(danish).includes('for 3 dage siden'), text(danish));
  button(danish, 'Send fra en skabelon');
  for (const user of [{ locale: 'pt-br' }, { locale: '', language: '' }, { locale: 'not a locale' }, {}]) {
    const other = show(user);
    await other.waitFor(() => assert.equal(other.find(StatusTag).text, 'Completed'));
  }
});

test('“Send from a template” opens the wizard in a frame and reads the list again when it closes', async () => {
  answers['/hubspot/panel'] = ok(panel());
  answers['/hubspot/launch'] = ok(LAUNCH);
  const card = show({ locale: 'da' });
  await card.waitFor(() => assert.equal(card.maybeFind(LoadingSpinner), null));
  card.find(LoadingButton).trigger('onClick');
  const { openIframeModal } = card.mocks.actions;
  await card.waitFor(() => assert.equal(openIframeModal.callCount, 1));
  const [frame, closed] = openIframeModal.calls[0] ?? [];
  assert.deepEqual(frame, { uri: LAUNCH.url, title: 'DocuSign', width: 1000, height: 760, flush: true });
  assert.deepEqual(calls[1]?.options.body, { objectTypeId: '0-3', objectId: 987654, view: 'send', locale: 'da' });
  answers['/hubspot/panel'] = ok(panel({ envelopes: [envelope({ face: 'sending', next: [] })], total: 1 }));
  closed?.();
  await card.waitFor(() => assert.equal(card.findAll(StatusTag).length, 1));
});

test('“Open” opens the panel', async () => {
  answers['/hubspot/panel'] = ok(panel());
  answers['/hubspot/launch'] = ok(LAUNCH);
  const card = show();
  await card.waitFor(() => assert.equal(card.maybeFind(LoadingSpinner), null));
  button(card, 'Open').trigger('onClick' as never);
  await card.waitFor(() => assert.equal(card.mocks.actions.openIframeModal.callCount, 1));
  assert.equal(calls[1]?.options.body['view'], 'panel');
});

test('while the frame is being opened no second one can be asked for', async () => {
  answers['/hubspot/panel'] = ok(panel());
  answers['/hubspot/launch'] = () => new Promise(() => {});
  const card = show();
  await card.waitFor(() => assert.equal(card.maybeFind(LoadingSpinner), null));
  card.find(LoadingButton).trigger('onClick');
  await card.waitFor(() => assert.equal(card.find(LoadingButton).props.loading, true));
  assert.ok(card.findAll(LoadingButton).every((one) => one.props.disabled === true));
});

test('a launch that fails says why, keeps the list, and can be tried again', async () => {
  answers['/hubspot/panel'] = ok(panel({ envelopes: [envelope({})], total: 1 }));
  answers['/hubspot/launch'] = ok(refused(500, { code: 'internal', support_id: '7F3A' }), 502);
  const card = show();
  await card.waitFor(() => assert.equal(card.findAll(StatusTag).length, 1));
  card.find(LoadingButton).trigger('onClick');
  await card.waitFor(() => assert.equal(card.find(Alert).props.title, 'DocuSign could not be opened'));
  assert.ok(text(card).includes('7F3A'), text(card));
  assert.equal(card.findAll(StatusTag).length, 1);
  answers['/hubspot/launch'] = ok(LAUNCH);
  button(card, 'Try again').trigger('onClick' as never);
  await card.waitFor(() => assert.equal(card.mocks.actions.openIframeModal.callCount, 1));
  await card.waitFor(() => assert.equal(card.maybeFind(Alert), null));
});

test('a list that cannot be read leaves the buttons and can be read again', async () => {
  for (const broken of [
    ok(refused(503, 'upstream'), 502),
    ok({ nonsense: true }),
    ok(null),
    async () => new Response('<html>', { status: 200 }),
    async () => {
      throw new Error('the proxy timed out');
    },
  ] satisfies Answer[]) {
    answers['/hubspot/panel'] = broken;
    const card = show();
    await card.waitFor(() => assert.equal(card.find(Alert).props.title, 'The envelopes could not be loaded'));
    button(card, 'Send from a template');
    answers['/hubspot/panel'] = ok(panel());
    button(card, 'Try again').trigger('onClick' as never);
    await card.waitFor(() => assert.ok(text(card).includes('Nothing has been sent')));
  }
});

test('a refused call locks the card, however the proxy tells it', async () => {
  for (const answer of [
    ok(refused(401, { code: 'unauthorized' }), 502),
    ok(refused(401, '{"code":"unauthorized"}'), 502),
    ok(refused(401, ''), 502),
    ok({ code: 'unauthorized' }, 401),
    ok('', 401),
    async () => {
      throw refused(401, { code: 'unauthorized' });
    },
  ] satisfies Answer[]) {
    answers['/hubspot/panel'] = answer;
    const card = show();
    await card.waitFor(() => assert.equal(card.find(ErrorState).props.type, 'lock'));
    assert.ok(text(card).includes('client secret'), text(card));
    assert.equal(card.maybeFind(LoadingButton), null);
  }
});

test('an app that is not installed says who can install it, whichever way it is told', async () => {
  for (const answer of [
    ok(panel({ connection: { state: 'not-installed' } })),
    ok(refused(409, { code: 'not-installed' }), 502),
  ]) {
    answers['/hubspot/panel'] = answer;
    const card = show();
    await card.waitFor(() => assert.match(card.find(ErrorState).props.title ?? '', /no longer installed/));
    button(card, 'Try again');
  }
});

test('who has not connected DocuSign is led to it, and nothing else is offered', async () => {
  answers['/hubspot/panel'] = ok(panel({ connection: { state: 'not-connected' } }));
  answers['/hubspot/launch'] = ok(LAUNCH);
  const card = show();
  await card.waitFor(() => assert.equal(card.find(LoadingButton).text, 'Connect DocuSign'));
  assert.equal(card.findAll(LoadingButton).length, 1);
  card.find(LoadingButton).trigger('onClick');
  await card.waitFor(() => assert.equal(card.mocks.actions.openIframeModal.callCount, 1));
  assert.equal(calls[1]?.options.body['view'], 'panel');
});

test('who must reconnect is told so above what is still known', async () => {
  answers['/hubspot/panel'] = ok(
    panel({ connection: { state: 'must-reconnect' }, envelopes: [envelope({})], total: 1 })
  );
  const card = show();
  await card.waitFor(() => assert.equal(card.find(Alert).props.title, 'Your DocuSign sign-in has ended'));
  assert.equal(card.findAll(StatusTag).length, 1);
});

test('the sidebar shows five, the tab ten, and both say how many there are', async () => {
  const envelopes = Array.from({ length: 12 }, (_, at) => envelope({ id: String(at) }));
  answers['/hubspot/panel'] = ok(panel({ envelopes, total: 30 }));
  for (const [place, shown] of [
    ['sidebar', 5],
    ['tab', 10],
  ] as const) {
    const card = show({}, place);
    await card.waitFor(() => assert.equal(card.findAll(StatusTag).length, shown));
    assert.ok(text(card).includes(`${shown} of 30 shown`), text(card));
  }
});

test('a face this card does not know shows DocuSign’s own word', async () => {
  answers['/hubspot/panel'] = ok(
    panel({ envelopes: [envelope({ face: 'paused' as never, status: 'paused', next: [] })], total: 1 })
  );
  const card = show();
  await card.waitFor(() => assert.equal(card.find(StatusTag).text, 'DocuSign says “paused”'));
});

test('an older answer that comes late does not replace a newer one', async () => {
  let late: (answer: Response) => void = () => {};
  answers['/hubspot/panel'] = () => new Promise((done) => (late = done));
  answers['/hubspot/launch'] = ok(LAUNCH);
  const card = show();
  card.find(LoadingButton).trigger('onClick');
  await card.waitFor(() => assert.equal(card.mocks.actions.openIframeModal.callCount, 1));
  answers['/hubspot/panel'] = ok(panel({ envelopes: [envelope({ face: 'viewed' })], total: 1 }));
  card.mocks.actions.openIframeModal.calls[0]?.[1]?.();
  await card.waitFor(() => assert.equal(card.find(StatusTag).text, 'Viewed'));
  late(new Response(JSON.stringify(panel())));
  await new Promise((done) => setImmediate(done));
  assert.equal(card.find(StatusTag).text, 'Viewed');
});
