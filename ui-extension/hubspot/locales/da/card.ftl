# Det, som kun kortet i HubSpot siger. Alt andet tager det fra appens kataloger.

card-open = Åbn
card-empty = Der er endnu ikke sendt noget fra denne post.
card-waiting-for = Venter på { $names }
settings-title = DocuSign-indstillinger
settings-what = Din forbindelse til DocuSign, og for superadministratorer nøgler, tilknytninger og alt andet, der gælder for alle.
settings-open = Åbn indstillingerne
settings-not-opened = Indstillingerne kunne ikke åbnes
card-error-unauthorized = HubSpots kald blev afvist.
card-error-unauthorized-fix = Bed din HubSpot-administrator om at kontrollere appens hemmelige nøgle og adresse.
