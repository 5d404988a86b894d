# Hvad indstillingerne siger, ud over det, som hele appen siger.

error-not-admin = Kun en superadministrator i HubSpot må ændre dette.
error-not-admin-fix = Spørg en superadministrator for jeres HubSpot-konto.
error-settings-conflict = En anden har gemt disse indstillinger imens. Dine blev ikke gemt.
error-settings-conflict-fix = Genindlæs, se hvad der er ændret, og lav din ændring igen.
error-mapping-refused = Tilknytningerne blev ikke gemt.
error-mapping-refused-fix = Ret det markerede, eller sæt det på pause, og gem igen.
error-import-refused = Filen kan ikke læses som tilknytninger. Intet blev ændret.
error-import-refused-fix = Vælg en fil, der er eksporteret herfra, og ret ikke i den i hånden.
error-import-other-portal = Filen er fra en anden HubSpot-konto. Intet blev ændret.
error-import-other-portal-fix = Vælg en fil, der er eksporteret fra denne konto.
error-key-refused = Nøglen kan ikke bruges.
error-key-refused-fix = Giv den et navn, og indsæt nøglen, som DocuSign viser den: 16 til 256 tegn uden mellemrum.
error-too-many-keys = Der er allerede ti nøgler.
error-too-many-keys-fix = Fjern en, der ikke bruges længere.
error-account-unknown = Din DocuSign-bruger hører ikke længere til denne konto.
error-account-unknown-fix = Opret forbindelse igen for at se de konti, du har nu.
error-uninstall-unconfirmed = Det er hverken HubSpot-kontoens domæne eller nummer. Intet blev slettet.
error-uninstall-unconfirmed-fix = Skriv et af dem, som det er vist.
error-uninstall-busy = En kuvert er ved at blive sendt, og DocuSign har ikke bekræftet den endnu. Intet blev slettet.
error-uninstall-busy-fix = Prøv igen om nogle minutter.

todo-install-again = Appen er afinstalleret i HubSpot. En HubSpot-administrator skal installere den igen.
todo-connect = Opret forbindelse til DocuSign.
todo-reconnect = DocuSign-login er udløbet. Opret forbindelse igen.
todo-account-suspended = DocuSign-kontoen er spærret. En DocuSign-administrator skal tale med DocuSign.
todo-missing-right = DocuSign-brugeren må ikke sende kuverter. En DocuSign-administrator kan give lov.

audit-installed = Installerede appen
audit-uninstall-noticed = Appen blev afinstalleret i HubSpot
audit-connected = Oprettede forbindelse til DocuSign
audit-disconnected = Afbrød forbindelsen til DocuSign
audit-connection-died = Et DocuSign-login udløb
audit-account-switched = Skiftede DocuSign-konto
audit-automation-chosen = Valgte forbindelsen til automatisering
audit-key-added = Tilføjede en sikkerhedsnøgle
audit-key-removed = Fjernede en sikkerhedsnøgle
audit-mappings-saved = Ændrede tilknytningerne
audit-mappings-reset = Satte tilknytningerne tilbage til standard
audit-mappings-imported = Importerede tilknytninger
audit-mappings-exported = Eksporterede tilknytningerne
audit-hs-fields-created = Oprettede HubSpot-felter i DocuSign
audit-preferences-saved = Ændrede præferencerne
audit-audit-downloaded = Hentede denne liste

mapping-malformed = Den er ufuldstændig, eller dens navne er for lange.
mapping-too-many = Der er mere end 200 tilknytninger.
mapping-unknown-field = DocuSign har ikke et sådant felt endnu.
mapping-ambiguous-field = To brugerdefinerede felter i DocuSign har dette værktøjstip. Omdøb et af dem der.
mapping-unknown-property = HubSpot har ikke en sådan egenskab.
mapping-duplicate-field = En anden tilknytning udfylder det samme DocuSign-felt.
mapping-duplicate-property = En anden tilknytning skriver til den samme HubSpot-egenskab.
mapping-cannot-send = Det, egenskaben indeholder, passer ikke i et sådant DocuSign-felt.
mapping-cannot-write-back = Det, der indtastes i DocuSign-feltet, passer ikke i egenskaben.
mapping-read-only = HubSpot lader ingen skrive til denne egenskab.
mapping-calculated = HubSpot beregner denne egenskab. Der kan ikke skrives til den.
mapping-hidden = Egenskaben er skjult i HubSpot.
mapping-sensitive = Egenskaben er markeret som følsom i HubSpot. Den læses og skrives aldrig.
mapping-owner-read-only = En ejer kan læses, ikke skrives til.
mapping-no-such-way = En sådan post har ikke en anden post af denne slags ved siden af sig.
mapping-loop = Værdier ville gå i ring og ændre sig med hver kuvert.

## Rammen om indstillingerne

settings = Indstillinger
settings-page = Side i indstillingerne
settings-loading = Henter indstillinger…
settings-failed = Indstillingerne kunne ikke hentes
admin-no = Superadministratorer i HubSpot ser og ændrer det, der gælder for alle. Spørg en af jeres, hvis noget skal være anderledes.
admin-unknown = HubSpot sagde ikke, om du er superadministrator
cancel = Annuller
subject-connection = Forbindelse
subject-users = Tilsluttede brugere
intro-connection = Hvilken DocuSign-bruger og -konto du sender fra, og om begge sider svarer.
intro-users = Hver HubSpot-bruger sender som sin egen DocuSign-bruger. Her ser du, hvem der kan, og hvem der skal logge ind igen.

## Forbindelse

state-connected = Forbundet
state-attention = Kræver handling
state-reconnect = Skal logge ind igen
state-none = Ikke forbundet
state-uninstalled = Ikke installeret
docusign-account = DocuSign-konto
account-label = Konto
account-id = nr. { $id }
signed-in-as = Logget ind som
name-and-email = { $name }, { $email }
since = Siden
last-used = Sidst brugt
never-used = Ikke endnu
good-until = Login gælder til
good-until-help = Det fornys af sig selv inden da.
under-way = Kuverter undervejs
under-way-count = { $count }
automation = Automatisering
automation-yes = Bruger denne forbindelse
automation-no = Bruger ikke denne forbindelse
switch-account = Skift konto…
check-connection = Kontrollér forbindelsen
checked-connection = DocuSign er spurgt. Det, du ser, er nyt.
hubspot-portal = HubSpot-konto
portal-label = Konto
portal-number = nr. { $id }
installed = Installeret
you-are = Du er
permits = Hvad du må
permit-send = Sende kuverter og bruge skabeloner
permit-send-no = Du kan ikke sende kuverter.
permit-send-who = En DocuSign-administrator kan ændre det.
permit-manage = Ændre disse indstillinger for alle
permit-manage-no = Ændre din egen forbindelse og dit sprog, intet for alle.
permit-manage-unknown = Det vides ikke, om du må ændre indstillinger for alle.
permit-manage-who = En superadministrator i HubSpot kan ændre det.
disconnect = Afbryd forbindelsen
disconnect-ask = Afbryd…
disconnect-short = Fjerner dit DocuSign-login herfra. Kuverter, der er sendt, fortsætter.
disconnect-title = Afbryd forbindelsen til DocuSign?
disconnect-whom = Afbryd forbindelsen for { $email }?
disconnect-sending = Du kan ikke sende, rykke eller annullere fra HubSpot, før du opretter forbindelse igen.
disconnect-sending-theirs = De kan ikke sende, rykke eller annullere fra HubSpot, før de opretter forbindelse igen.
disconnect-automation = Automatisering bruger denne forbindelse. Den standser, indtil en anden er valgt.
disconnect-stays =
    { $count ->
        [0] Ingen kuvert er undervejs. Det, der er sendt, bliver i DocuSign og i panelerne.
        [one] { $count } kuvert undervejs fortsætter i DocuSign, og dens panel følger den stadig.
       *[other] { $count } kuverter undervejs fortsætter i DocuSign, og deres paneler følger dem stadig.
    }
disconnect-consent = Login slettes her. For også at trække samtykket tilbage hos DocuSign: My profile, Connected apps.
keep-connection = Behold forbindelsen
disconnected = Forbindelsen til DocuSign er afbrudt.
switch-title = Skift DocuSign-konto
switch-legend = Konto at sende fra
account-default = Standardkonto
account-now = Sender herfra nu
switch-new = Fra nu af kommer dine skabeloner fra den valgte konto, og dine kuverter sendes fra den.
switch-stays =
    { $count ->
        [0] Ingen kuvert er undervejs i { $name }.
        [one] { $count } kuvert undervejs i { $name } bliver ved med at være synlig og følges. Skift tilbage for at rykke, annullere eller hente den.
       *[other] { $count } kuverter undervejs i { $name } bliver ved med at være synlige og følges. Skift tilbage for at rykke, annullere eller hente dem.
    }
switch-same = Det er den konto, du allerede sender fra. Vælg en anden.
switch = Skift konto
switched = Kontoen er skiftet.

## Tilsluttede brugere

users-search = Søg efter brugere
users-search-in = Søg blandt { $count } brugere
users-empty = Ingen er tilsluttet endnu. Alle tilslutter deres egen DocuSign-bruger fra panelet på en post eller her.
users-none-found = Ingen bruger passer.
users-total =
    { $total ->
        [one] { $total } bruger i alt
       *[other] { $total } brugere i alt
    }
first-page = Første side
next-page = Næste side
column-user = HubSpot-bruger
column-docusign = DocuSign-bruger
column-status = Status
column-actions = Handlinger
automation-use = Brug til automatisering
automation-stop = Brug ikke til automatisering
automation-row = Automatisering bruger denne forbindelse
automation-given = Automatisering bruger fra nu af denne forbindelse.
automation-taken = Automatisering bruger ingen forbindelse nu.
that-is-you = Dig
