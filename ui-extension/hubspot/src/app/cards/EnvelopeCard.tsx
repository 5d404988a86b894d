// The card: the record's envelopes, and two ways into the app. A list that cannot be read does not take the
// buttons away, and a frame that cannot be opened does not take the list away.
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  Alert,
  Button,
  ErrorState,
  Flex,
  LoadingButton,
  LoadingSpinner,
  Text,
  useExtensionActions,
  useExtensionContext,
} from '@hubspot/ui-extensions';
import { type CardAnswer, Failure, type View, envelopes, launch } from './edge';
import { EnvelopeRow } from './EnvelopeRow';
import { type Language, intlLocale, languageOf, say, sayError } from './words';

/** Any place will do: what is used of context and actions is the same in the sidebar and in the tab. */
type Place = 'crm.record.sidebar' | 'crm.record.tab';

type List = { state: 'loading' } | { state: 'failed'; failure: Failure } | { state: 'ready'; answer: CardAnswer };

/** The frame. HubSpot makes it smaller where the window is. */
const FRAME = { width: 1000, height: 760, flush: true };

const SHOWN = { 'crm.record.sidebar': 5, 'crm.record.tab': 10 };

export function EnvelopeCard() {
  const context = useExtensionContext<Place>();
  const actions = useExtensionActions<Place>();
  const base = String(context.variables?.['BASE_URL'] ?? '').replace(/\/$/, '');
  const { objectId, objectTypeId } = context.crm;
  const locale = context.user.locale ?? context.user.language;
  const language = languageOf(context.user.language ?? locale);

  const [list, setList] = useState<List>({ state: 'loading' });
  const [opening, setOpening] = useState<View | null>(null);
  const [refused, setRefused] = useState<{ view: View; failure: Failure } | null>(null);
  // Only the newest reading counts: an older answer may come later.
  const reading = useRef(0);

  const read = useCallback(async () => {
    const mine = ++reading.current;
    let next: List;
    try {
      next = { state: 'ready', answer: await envelopes(base, { objectTypeId, objectId }) };
    } catch (thrown) {
      next = { state: 'failed', failure: asFailure(thrown) };
    }
    if (mine === reading.current) setList(next);
  }, [base, objectTypeId, objectId]);

  useEffect(() => {
    setList({ state: 'loading' });
    void read();
    return () => {
      reading.current += 1;
    };
  }, [read]);

  const open = async (view: View) => {
    setOpening(view);
    setRefused(null);
    try {
      const uri = await launch(base, { objectTypeId, objectId }, view, locale);
      // The frame tells nothing when it closes, so the list is read again.
      actions.openIframeModal({ uri, title: say(language, 'title'), ...FRAME }, () => void read());
    } catch (thrown) {
      setRefused({ view, failure: asFailure(thrown) });
    } finally {
      setOpening(null);
    }
  };

  const retry = () => {
    setList({ state: 'loading' });
    void read();
  };

  const failed = list.state === 'failed' ? list.failure.code : '';
  const connection = list.state === 'ready' ? list.answer.connection.state : null;
  if (connection === 'not-installed' || failed === 'not-installed' || failed === 'unauthorized') {
    const code = connection === 'not-installed' ? connection : failed;
    return (
      <ErrorState type="lock" title={sayError(language, code, '')}>
        <Text>{sayError(language, code, '-fix')}</Text>
        {list.state === 'failed' && <SupportId language={language} failure={list.failure} />}
        <Button onClick={retry}>{say(language, 'try-again')}</Button>
      </ErrorState>
    );
  }

  const connect = connection === 'not-connected';
  return (
    <Flex direction="column" gap="sm">
      {refused && (
        <Alert variant="danger" title={say(language, 'open-failed')}>
          <Text>{sayError(language, refused.failure.code, '')}</Text>
          <Text>{sayError(language, refused.failure.code, '-fix')}</Text>
          <SupportId language={language} failure={refused.failure} />
          <Button size="sm" onClick={() => void open(refused.view)}>
            {say(language, 'try-again')}
          </Button>
        </Alert>
      )}
      {connection === 'must-reconnect' && (
        <Alert variant="warning" title={say(language, 'reconnect-title')}>
          <Text>{say(language, 'reconnect-body')}</Text>
          <LoadingButton size="sm" loading={opening === 'panel'} onClick={() => void open('panel')}>
            {say(language, 'reconnect')}
          </LoadingButton>
        </Alert>
      )}
      {connect && <Text>{say(language, 'connect-why')}</Text>}
      <Flex direction="row" gap="sm" wrap="wrap">
        <LoadingButton
          variant="primary"
          loading={opening === (connect ? 'panel' : 'send')}
          disabled={opening !== null}
          onClick={() => void open(connect ? 'panel' : 'send')}
        >
          {say(language, connect ? 'connect' : 'send-from-template')}
        </LoadingButton>
        {!connect && (
          <LoadingButton
            loading={opening === 'panel'}
            disabled={opening !== null}
            onClick={() => void open('panel')}
          >
            {say(language, 'card-open')}
          </LoadingButton>
        )}
      </Flex>
      <Envelopes
        list={list}
        language={language}
        locale={intlLocale(locale, language)}
        shown={SHOWN[context.location as Place] ?? 5}
        onRetry={retry}
      />
    </Flex>
  );
}

interface EnvelopesProps {
  list: List;
  language: Language;
  locale: string;
  shown: number;
  onRetry: () => void;
}

function Envelopes({ list, language, locale, shown, onRetry }: EnvelopesProps) {
  if (list.state === 'loading') {
    return <LoadingSpinner label={say(language, 'panel-loading')} showLabel size="sm" />;
  }
  if (list.state === 'failed') {
    return (
      <Alert variant="warning" title={say(language, 'panel-failed')}>
        <Text>{sayError(language, list.failure.code, '-fix')}</Text>
        <SupportId language={language} failure={list.failure} />
        <Button size="sm" onClick={onRetry}>
          {say(language, 'try-again')}
        </Button>
      </Alert>
    );
  }
  const { connection, envelopes: all, total } = list.answer;
  if (all.length === 0) {
    return connection.state === 'not-connected' ? null : <Text>{say(language, 'card-empty')}</Text>;
  }
  const rows = all.slice(0, shown);
  return (
    <Flex direction="column" gap="sm">
      {rows.map((envelope) => (
        <EnvelopeRow key={envelope.id} envelope={envelope} language={language} locale={locale} />
      ))}
      {total > rows.length && (
        <Text variant="microcopy">{say(language, 'panel-shown', { shown: rows.length, total })}</Text>
      )}
    </Flex>
  );
}

function SupportId({ language, failure }: { language: Language; failure: Failure }) {
  if (failure.supportId === '') return null;
  const { code, supportId: id } = failure;
  return <Text variant="microcopy">{say(language, 'error-code-and-id', { code, id })}</Text>;
}

function asFailure(thrown: unknown): Failure {
  return thrown instanceof Failure ? thrown : new Failure('network');
}
