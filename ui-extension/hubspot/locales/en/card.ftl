# What only the card in HubSpot says. Everything else it takes from the app's catalogues.

card-open = Open
card-empty = Nothing has been sent from this record yet.
card-waiting-for = Waiting for { $names }
card-error-unauthorized = HubSpot's call was refused.
card-error-unauthorized-fix = Ask your HubSpot administrator to check the app's client secret and address.
