# Det, som kun kortet i HubSpot siger. Alt andet tager det fra appens kataloger.

card-open = Åbn
card-empty = Der er endnu ikke sendt noget fra denne post.
card-waiting-for = Venter på { $names }
card-error-unauthorized = HubSpots kald blev afvist.
card-error-unauthorized-fix = Bed din HubSpot-administrator om at kontrollere appens hemmelige nøgle og adresse.
