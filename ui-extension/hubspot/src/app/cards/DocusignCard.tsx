// The card's entry point: HubSpot calls it for the sidebar and for the tab of contacts, companies and deals.
import { hubspot } from '@hubspot/ui-extensions';
import { EnvelopeCard } from './EnvelopeCard';

hubspot.extend<'crm.record.sidebar'>(() => <EnvelopeCard />);
