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

## Hele appens fejl, med indstillingernes ord: herfra sendes intet, og intet panel er åbent

stale-title = Sessionen er slut
stale-body = Luk dette vindue, og åbn indstillingerne igen fra HubSpot. Det, du har gemt, er gemt.
error-unauthorized-fix = Luk, og åbn indstillingerne igen fra HubSpot.
error-not-found = Det findes ikke længere.
error-not-found-fix = Genindlæs siden i indstillingerne, og prøv igen.
error-template-gone = Skabelonen er slettet, eller din DocuSign-bruger kan ikke længere se den.
error-record-gone = Posten er slettet eller flettet i HubSpot, eller der er ingen med dette nummer.
error-record-gone-fix = Vælg en anden post.
error-not-connected-fix = Forbind DocuSign på siden Forbindelse, og prøv igen.
error-must-reconnect = Du er logget ud af DocuSign.
error-must-reconnect-fix = Vælg Forbind igen på siden Forbindelse, og prøv igen.
error-docusign-no-permission = Din DocuSign-bruger har ikke ret til dette.
error-docusign-no-permission-fix = Bed din DocuSign-administrator om ret til det.
error-docusign-account-suspended = DocuSign-kontoen er spærret.
error-docusign-plan-lacks-feature = DocuSign-abonnementet omfatter ikke dette.
error-docusign-refused = DocuSign tog ikke imod det.
error-docusign-refused-fix = Prøv igen. Bliver det ved, så giv koden herunder til din administrator.
error-docusign-busy = DocuSign har travlt.
error-hubspot-refused-fix = Prøv igen. Bliver det ved, så spørg din HubSpot-administrator.
error-too-large = Det er mere, end der kan tages imod på én gang. Intet blev ændret.
error-too-large-fix = En fil med tilknytninger må fylde op til 256 kB. Vælg en mindre.

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
audit-outbox-retried = Lod det, der ikke blev gjort, prøve igen
audit-index-downloaded = Hentede kuverterne

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

## Dele af formularer

choose-type = Skriv for at søge
choose-none = Intet passer.
choose-failed = Listen kunne ikke hentes. Luk dette, og prøv igen.
copy = Kopiér
copied = Kopieret.
copy-by-hand = Det er markeret. Kopiér det med tastaturet.
reload = Genindlæs
download = Hent
remove-ask = Fjern…
column-when = Hvornår
column-what = Hvad
column-who = Hvem
column-about = Om
column-result = Resultat
object-contact = Kontakt
object-company = Virksomhed
object-deal = Handel

## HMAC-nøgler

subject-keys = HMAC-nøgler
intro-keys = DocuSign signerer hver statusbesked. Her er denne HubSpot-kontos egne nøgler, og om de seneste beskeder var ægte.
key-add = Tilføj en nøgle
keys-none = Der skal ikke gøres noget
keys-none-help = Kuverter, der sendes herfra, signeres med integrationens egne nøgler. Tilføj kun en, hvis jeres DocuSign-administrator laver sin egen Connect-konfiguration.
key = Nøgle
key-end = Ender på
key-last = Sidst bekræftet
key-in-use = I brug
key-waiting = Venter på den første besked
key-added = Tilføjet
deliveries = Seneste beskeder fra DocuSign
deliveries-help = De seneste tyve, og hvis nøgle de var signeret med. Indholdet gemmes ikke.
deliveries-test = Se efter igen
deliveries-read = Listen er ny.
deliveries-none = Der er ikke kommet nogen besked endnu.
deliveries-refused =
    { $count ->
        [one] { $count } besked blev afvist: dens signatur passer ikke til nogen nøgle her.
       *[other] { $count } beskeder blev afvist: deres signaturer passer ikke til nogen nøgle her.
    }
signed-integration = Bekræftet med integrationens nøgle
signed-portal = Bekræftet med “{ $name }”
signed-gone = Bekræftet med en nøgle, der siden er fjernet
signed-nobody = Afvist: ikke signeret med en kendt nøgle
rotate = Sådan skiftes en nøgle, uden at en besked går tabt
rotate-1 = Tilføj den nye nøgle her. Flere må være aktive på en gang.
rotate-2 = I DocuSign: Settings, Connect, Connect keys. Tilføj den samme nøgle der.
rotate-3 = Vent, til den nye nøgle er i brug her. Fjern så den gamle i DocuSign.
rotate-4 = Når den gamle nøgle ikke længere ses, fjernes den her.
connect-url = Adresse til en Connect-konfiguration i DocuSign
key-add-title = Tilføj en HMAC-nøgle
key-name = Navn
key-name-wrong = Giv den et navn på højst 80 tegn.
key-way = Hvor nøglen kommer fra
key-paste = Indsæt en, som DocuSign har lavet
key-paste-help = I DocuSign: Settings, Connect, Connect keys, Add secret key.
key-make = Få en lavet her
key-make-help = Den vises en gang, så du kan indsætte den i DocuSign.
key-wrong = Det er ikke en DocuSign-nøgle: 16 til 256 tegn uden mellemrum. Kopiér den igen; DocuSign viser den kun en gang.
key-add-now = Tilføj nøglen
key-shown-once = Indsæt den i DocuSign nu. Den gemmes forseglet og vises aldrig igen.
key-copied = Jeg har kopieret den
key-is-added = Nøglen er tilføjet.
key-is-removed = Nøglen er fjernet.
key-remove-title = Fjern “{ $name }”?
key-remove-help = Beskeder, som DocuSign signerer med den, afvises derefter, og deres status mangler.
key-remove-seen = En besked blev sidst bekræftet med den
key-remove-unseen = Ingen besked er nogensinde bekræftet med den.
key-keep = Behold nøglen
key-remove = Fjern nøglen

## Egenskabstilknytninger

subject-mappings = Tilknytninger
intro-mappings = Hvilken HubSpot-værdi udfylder hvilket DocuSign-felt, og hvilken underskrevet værdi kommer tilbage til HubSpot.
mappings-of = Slags post
mappings-default = Det er standarden. Den virker uden ændringer.
mappings-empty =
    { $record ->
        [contact] Intet felt er tilknyttet for kontakter.
        [company] Intet felt er tilknyttet for virksomheder.
       *[deal] Intet felt er tilknyttet for handler.
    }
docusign-field = DocuSign-felt
hubspot-property = HubSpot-egenskab
direction = Retning
direction-to-docusign = Til dokument
direction-to-hubspot = Til HubSpot
direction-both = Begge veje
sentence-to-docusign = Udfyldes, når kuverten sendes.
sentence-to-hubspot = Skrives til HubSpot, når alle har underskrevet.
sentence-both = Udfyldes ved afsendelse, og det underskrevne skrives tilbage.
field-account = Brugerdefineret felt
field-template = En skabelons felt
field-of-roles = Felt hos { $names }
field-called = Brug “{ $text }” som navn på et brugerdefineret felt
tab-textTabs = Tekst
tab-numberTabs = Tal
tab-numericalTabs = Tal
tab-dateTabs = Dato
tab-emailTabs = E-mail
tab-checkboxTabs = Afkrydsningsfelt
tab-listTabs = Liste
tab-radioGroupTabs = Valgknapper
tab-other = Anden slags felt
holds-text = Tekst
holds-number = Tal
holds-money = Beløb
holds-yes-no = Ja eller nej
holds-date = Dato
holds-date-time = Dato og tid
holds-options = Valgmuligheder
holds-reference = Reference
via-record = Denne post
via-company = Dens virksomhed
via-contact = Dens primære kontakt
via-owner = Dens ejer
owner-name = Navn
owner-firstname = Fornavn
owner-lastname = Efternavn
owner-email = E-mail
mapping-add = Tilføj en tilknytning
mapping-add-title = Tilføj en tilknytning
mapping-edit-title = Ret tilknytningen
mapping-edit = Ret
mapping-pause = Pause
mapping-resume = Genoptag
mapping-remove = Fjern
mapping-is-paused = På pause
mapping-paused = Tilknytningen er på pause.
mapping-resumed = Tilknytningen virker igen.
mapping-removed = Tilknytningen er fjernet.
mapping-saved = Tilknytningen er gemt.
mapping-save = Gem tilknytningen
mapping-incomplete = Vælg et felt og en egenskab fra listerne.
fields-of-template = Vælg en skabelon for at finde dens egne felter
whose-property = Hvis egenskab
conflict = Når der allerede er en værdi
conflict-overwrite = Skriv over den
conflict-keep = Behold den
when-written = Skrives tilbage
when-completed = når alle er færdige
when-signed = så snart modtageren har skrevet under
mappings-export = Eksportér
mappings-exported = Tilknytningerne er gemt som fil.
mappings-import = Importér…
mappings-import-title = Importér tilknytninger
mappings-import-help = Alle tilknytninger erstattes af dem i filen. Er noget i den forkert, ændres intet.
mappings-import-now = Erstat alle tilknytninger
mappings-imported = Tilknytningerne er importeret.
mappings-reset = Tilbage til standard…
mappings-reset-title = Sæt alle tilknytninger tilbage?
mappings-reset-help = Alle tilknytninger for kontakter, virksomheder og handler erstattes af standarden. Eksportér dem først for at kunne gå tilbage.
mappings-reset-now = Sæt alle tilbage
mappings-were-reset = Tilknytningerne er standarden igen.
mappings-keep = Behold mine
try-it = Prøv det
try-record-contact = Kontakt: dens nummer eller adresse i HubSpot
try-record-company = Virksomhed: dens nummer eller adresse i HubSpot
try-record-deal = Handel: dens nummer eller adresse i HubSpot
try-record-wrong = Her er intet postnummer. Kopiér adressen på postens side i HubSpot.
try-template-missing = Vælg en skabelon på listen.
try-now = Vis værdierne
try-harmless = Intet skrives, mens du prøver.
template-owner = Ejer: { $name }
tried-from = Fra { $name }
tried-none = Skabelonen har intet felt, der udfyldes fra HubSpot.
tried-too-long = For lang:
tried-wrong-kind = Passer ikke i feltet:
tried-missing = Tom på posten
tried-unknown = HubSpot har ikke en sådan egenskab
tried-other-record = Hører til en anden slags post

## HubSpot-felter

subject-hs-fields = HubSpot-felter
intro-hs-fields = Brugerdefinerede felter i DocuSign, hvis navne begynder med HS. Skabelonernes forfattere trækker dem ind; de udfyldes fra HubSpot, når en kuvert sendes.
hs-fields-make = Opret eller opdatér felterne
hs-fields-done = DocuSign har svaret for hvert felt.
hs-last = Sidste gang
hs-summary = { $count } oprettet, { $shown } beholdt, { $total } kunne ikke oprettes.
hs-created = Oprettet
hs-kept = Var der, beholdt
hs-updated = Gjort brugbart for alle
hs-failed-some = Nogle felter kunne ikke oprettes
hs-failed = Kunne ikke oprettes
hs-which =
    { $count ->
        [one] Det { $count } felt
       *[other] De { $count } felter
    }
hs-add = Tilføj felter for flere egenskaber
hs-add-help = Hver egenskab får sit eget felt. Felter, der findes, ændres eller slettes aldrig.
hs-object = Slags post
hs-add-now = Tilføj
hs-add-then = De laves med “Opret eller opdatér felterne”.

## Præferencer

subject-preferences = Præferencer
intro-preferences = Dit sprog, og hvad der gælder for hver kuvert, medmindre skabelonen siger andet.
for-you = For dig
language = Sprog
language-hubspot = Som HubSpot
language-help = Kun du ser det. Kuverter beholder hver modtagers sprog.
language-later = HubSpots sprog gælder, næste gang du åbner dette.
preferences-reminders = Påmindelser og udløb
reminders-on = Mind modtagere om det
reminders-help = Hvor skabelonen ikke har sine egne påmindelser.
preferences-first = Dage til den første
reminders-then = Dage mellem de næste
preferences-most = Højst (tom: ingen grænse)
reminders-wrong = Dage er hele tal op til 999, og højst betyder mindst 1.
expiration-on = Lad kuverter udløbe
expiration-help = Hvor skabelonen ikke siger hvornår.
expiration-days = Dage til udløb
expiration-warning = Dage med advarsel inden
expiration-wrong = Dage er hele tal fra 1 til 999, og advarslen kommer før udløbet.
preferences-record = På posten
preferences-record-help = Gemmes til den dag, det bliver skrevet: intet skriver noter eller arkiverer PDF-filer endnu.
notes-legend = Skriv en note, når en kuvert er
note-sent = Sendt
note-viewed = Set
note-completed = Fuldført
note-declined = Afvist
note-voided = Annulleret
file-signed = Læg den underskrevne PDF på posten
preferences-retention = Hvor længe kuverter står på listen
retention-on = Tag afsluttede kuverter ud af listen
retention-help = Kun her: i DocuSign bliver de.
retention-days = Dage efter afslutningen
retention-wrong = 30 til 3.650 dage.
save-for-everybody = Gem for alle
preferences-saved = Præferencerne er gemt.

## Historik

subject-history = Historik
intro-history = Hvem der ændrede hvilken indstilling, og hvornår.
all-actions = Alt
all-users = Alle
from-day = Fra
to-day = Til
clear-filter = Ryd filteret
history-empty = Intet er ændret endnu.
history-none-found = Intet passer til filteret.
history-saved = Listen er gemt som fil.
by-itself = Af sig selv
show-older = Vis ældre

## Ikke gjort

subject-outbox = Ikke gjort
intro-outbox = Det, en kuvert skulle have bragt til HubSpot, og som ikke lykkedes: hvorfor, og hvem der kan rette det.
outbox-empty = Alt er gjort.
outbox-waiting = { $count ->
    [one] Én mere er på vej.
   *[other] { $count } mere er på vej.
}
outbox-more = { $count ->
    [one] Én ældre vises ikke.
   *[other] { $count } ældre vises ikke.
}
outbox-paused = På pause
outbox-paused-help = Næsten alle de kald, som HubSpot eller DocuSign tillader, er brugt. Resten gemmes til afsendelse; det øvrige fortsætter
outbox-why = Hvorfor
outbox-stuck = Ikke gjort
outbox-partly = Gjort delvist
outbox-again = Prøves igen
outbox-next = Næste forsøg
outbox-retry = Prøv igen
outbox-retry-all = Prøv alt igen
outbox-retried = Det prøves igen.
outbox-look-again = Se efter igen
not-done-status = Status på posten
not-done-note = En note på posten
not-done-filing = De underskrevne dokumenter på posten
not-done-values = Værdier skrevet tilbage
not-done-properties = Egenskaberne til status
not-written-no-number = det, der blev skrevet, er ikke et tal
not-written-no-date = det, der blev skrevet, er ikke en dato, der kan læses uden tvivl
not-written-no-yes-or-no = det, der blev skrevet, er hverken ja eller nej
not-written-no-option = det, der blev skrevet, er ingen af egenskabens muligheder
not-written-not-writable = HubSpot lader ingen skrive denne egenskab
not-written-property-gone = egenskaben er arkiveret eller slettet i HubSpot
not-written-no-record = der er ingen sådan post ved siden af denne
not-written-refused = HubSpot tog ikke imod værdien

## Afinstallation

subject-uninstall = Afinstallation
intro-uninstall = Fjerner forbindelsen mellem denne HubSpot-konto og DocuSign for alle, og sletter det, der gemmes her.
index-save = Hent listen over kuverter
index-saved = Listen blev gemt som en fil.
uninstall-sending =
    { $count ->
        [one] { $count } kuvert er ved at blive sendt
       *[other] { $count } kuverter er ved at blive sendt
    }
uninstall-sending-help = Indtil DocuSign har bekræftet det, afvises afinstallation, så intet sendes, som ingen kender til.
look-again = Se efter igen
uninstall-gone = Hvad der slettes
uninstall-connections =
    { $count ->
        [one] { $count } DocuSign-login, og appens adgang til HubSpot
       *[other] { $count } DocuSign-login, og appens adgang til HubSpot
    }
uninstall-index =
    { $count ->
        [one] Vores liste over { $count } kuvert, hvoraf { $total } undervejs
       *[other] Vores liste over { $count } kuverter, hvoraf { $total } undervejs
    }
uninstall-drafts =
    { $count ->
        [one] { $count } kladde
       *[other] { $count } kladder
    }
uninstall-settings = { $shown } tilknytninger, { $count } nøgler, præferencerne og { $total } linjer historik
uninstall-stays = Hvad der bliver
uninstall-stays-docusign =
    { $count ->
        [0] Kuverter, dokumenter og brugerdefinerede felter i DocuSign
        [one] Kuverter, dokumenter og brugerdefinerede felter i DocuSign; { $count } undervejs fortsætter, og ingen følger den her
       *[other] Kuverter, dokumenter og brugerdefinerede felter i DocuSign; { $count } undervejs fortsætter, og ingen følger dem her
    }
uninstall-stays-hubspot = Poster, noter og filer i HubSpot
uninstall-type = Skriv { $name } for at bekræfte
uninstall-now = Afinstallér for alle
uninstalled = Appen er afinstalleret
uninstalled-connections =
    { $count ->
        [one] { $count } login er slettet sammen med alt andet, der var gemt her.
       *[other] { $count } login er slettet sammen med alt andet, der var gemt her.
    }
uninstalled-hubspot = HubSpot kunne ikke få besked. Afinstallér også appen der: Settings, Connected apps.
uninstalled-close = Du kan lukke dette vindue. For at begynde igen installeres appen fra HubSpot.
