// The entry point of the settings page: HubSpot shows it under Connected apps, in the app's Settings tab.
import { hubspot } from '@hubspot/ui-extensions';
import { SettingsPage } from './SettingsPage';

hubspot.extend<'settings'>(() => <SettingsPage />);
