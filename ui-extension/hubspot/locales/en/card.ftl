# What only the card in HubSpot says. Everything else it takes from the app's catalogues.

card-open = Open
card-empty = Nothing has been sent from this record yet.
card-waiting-for = Waiting for { $names }
settings-title = DocuSign settings
settings-what = Your DocuSign connection, and for super admins keys, mappings and everything else that holds for everybody.
settings-open = Open the settings
settings-not-opened = The settings could not be opened
card-error-unauthorized = HubSpot's call was refused.
card-error-unauthorized-fix = Ask your HubSpot administrator to check the app's client secret and address.
