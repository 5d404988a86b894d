// One envelope: its name, where it stands in a word and a colour, whom it waits for, and since when.
import { Flex, StatusTag, type StatusTagProps, Text } from '@hubspot/ui-extensions';
import type { CardEnvelope, Face } from './edge';
import { type Key, type Language, ago, say } from './words';

const TAGS: Record<Face, [Key, NonNullable<StatusTagProps['variant']>]> = {
  sending: ['status-sending', 'default'],
  draft: ['status-draft', 'default'],
  sent: ['status-sent', 'info'],
  viewed: ['status-viewed', 'info'],
  partial: ['status-partial', 'info'],
  completed: ['status-completed', 'success'],
  declined: ['status-declined', 'danger'],
  voided: ['status-voided', 'default'],
  bounced: ['status-bounced', 'danger'],
  correct: ['status-correct', 'warning'],
  other: ['status-other', 'info'],
};

interface Props {
  envelope: CardEnvelope;
  language: Language;
  locale: string;
}

export function EnvelopeRow({ envelope, language, locale }: Props) {
  // A face that a newer edge knows and this card does not.
  const [word, variant] = TAGS[envelope.face] ?? TAGS.other;
  const { signed, of, status: name } = envelope;
  const waits = envelope.next.length > 0;
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'demibold' }}>{envelope.subject}</Text>
      <StatusTag variant={variant} hollow={variant === 'default'}>
        {say(language, word, { signed, of, name })}
      </StatusTag>
      <Text variant="microcopy">
        {waits && `${say(language, 'card-waiting-for', { names: names(envelope.next, locale) })} · `}
        {ago(locale, envelope.status_at, Date.now())}
      </Text>
    </Flex>
  );
}

function names(all: string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(all);
}
