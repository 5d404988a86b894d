// The settings page in HubSpot's own test renderer: one button, which asks for a launch without a record.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Alert, LoadingButton } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { SettingsPage } from '../src/app/settings/SettingsPage';

interface Asked {
  url: string;
  body: Record<string, unknown>;
}

function show(answer: () => Response) {
  const asked: Asked[] = [];
  const hsFetch = async (url: string, options: { body: Record<string, unknown> }) => {
    asked.push({ url, body: options.body });
    return answer();
  };
  Object.assign(globalThis, { self: { hsFetch } });
  const renderer = createRenderer('settings');
  const { context } = renderer.mocks;
  Object.assign(context, { variables: { BASE_URL: 'https://sign.example.com' } });
  Object.assign(context.user, { locale: 'en-gb', language: 'en' });
  renderer.render(<SettingsPage />);
  return { renderer, asked };
}

test('the button launches the settings, without a record, and opens them in a window', async () => {
  const { renderer, asked } = show(() => new Response(JSON.stringify({ url: 'https://sign.example.com/app/#launch=once' })));
  renderer.find(LoadingButton).trigger('onClick');
  await renderer.waitFor(() => assert.equal(renderer.mocks.actions.openIframeModal.callCount, 1));
  assert.deepEqual(asked, [
    { url: 'https://sign.example.com/hubspot/launch', body: { view: 'settings', locale: 'en-gb' } },
  ]);
});

test('a refusal says what happened, and the button stays', async () => {
  const { renderer } = show(() => new Response(JSON.stringify({ code: 'not-installed', support_id: 'CS-1' }), { status: 403 }));
  renderer.find(LoadingButton).trigger('onClick');
  await renderer.waitFor(() => assert.ok(renderer.find(Alert)));
  assert.ok(renderer.find(LoadingButton));
});
