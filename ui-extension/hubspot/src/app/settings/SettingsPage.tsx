// What HubSpot shows as the app's settings: one sentence and the way into the app, where the settings are. Who may
// change what is asked at the edge, never here.
import { useState } from 'react';
import { Alert, Flex, LoadingButton, Text, useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import { Failure, launch } from '../cards/edge';
import { languageOf, say, sayError } from '../cards/words';

/** The frame. HubSpot makes it smaller where the window is. */
const FRAME = { width: 1000, height: 760, flush: true };

export function SettingsPage() {
  const context = useExtensionContext<'settings'>();
  const actions = useExtensionActions<'settings'>();
  const base = String(context.variables?.['BASE_URL'] ?? '').replace(/\/$/, '');
  const locale = context.user.locale ?? context.user.language;
  const language = languageOf(context.user.language ?? locale);
  const [opening, setOpening] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);

  const open = async () => {
    setOpening(true);
    setRefused(null);
    try {
      const uri = await launch(base, null, 'settings', locale);
      actions.openIframeModal({ uri, title: say(language, 'settings-title'), ...FRAME });
    } catch (thrown) {
      setRefused(thrown instanceof Failure ? thrown : new Failure('network'));
    } finally {
      setOpening(false);
    }
  };

  return (
    <Flex direction="column" gap="sm" align="start">
      {refused && (
        <Alert variant="danger" title={say(language, 'settings-not-opened')}>
          <Text>{sayError(language, refused.code, '')}</Text>
          <Text>{sayError(language, refused.code, '-fix')}</Text>
          {refused.supportId !== '' && (
            <Text variant="microcopy">
              {say(language, 'error-code-and-id', { code: refused.code, id: refused.supportId })}
            </Text>
          )}
        </Alert>
      )}
      <Text>{say(language, 'settings-what')}</Text>
      <LoadingButton variant="primary" loading={opening} onClick={() => void open()}>
        {say(language, 'settings-open')}
      </LoadingButton>
    </Flex>
  );
}
