# Enkelt, kort, lille begyndelsesbogstav. Et problem siger, hvad der skete, hvad der ikke skete, og hvem der kan gøre hvad.

title = DocuSign
close = Luk
next = Næste
try-again = Prøv igen
template = Skabelon

## Åbning

stale-title = Åbn panelet igen fra HubSpot
stale-body = Af hensyn til sikkerheden kan vinduet kun åbnes én gang. Luk det, eller genindlæs HubSpot-siden, og åbn DocuSign på posten igen.
open-failed = DocuSign kunne ikke åbnes
over-title = Du kan lukke vinduet
over-body = Panelet på posten viser, hvad der sker nu.
wizard-loading = Åbner…
wizard-unloaded = Denne del kunne ikke indlæses
back-to-panel = Tilbage til panelet

## Panel

panel-loading = Indlæser kuverter…
panel-failed = Kuverterne kunne ikke indlæses
panel-empty =
    { $record ->
        [contact] Der er endnu ikke sendt noget fra denne kontakt.
        [company] Der er endnu ikke sendt noget fra denne virksomhed.
       *[deal] Der er endnu ikke sendt noget fra denne handel.
    }
panel-search = Søg i kuverter
panel-shown = { $shown } af { $total } vist
show-more = Vis flere
refresh = Opdatér
synced = Synkroniseret { $ago }
send-from-template = Send fra en skabelon
group-attention = Kræver din opmærksomhed
group-progress = Undervejs
group-completed = Gennemført
denied-title = Du kan ikke sende med DocuSign
line-lost = Løbende opdatering er afbrudt
line-lost-fix = Det viste kan være forældet. Vi forsøger hele tiden at genoprette forbindelsen; intet går tabt.
live-connected = DocuSign er forbundet.
live-changed = { $name }: { $status }
live-attention = { $name } kræver din opmærksomhed: { $status }

## Kladder

resume = Fortsæt
delete = Slet
delete-draft = Slet denne kladde?
keep = Behold
draft-elsewhere = Redigeres i DocuSign
open-in-docusign = Åbn i DocuSign

## Forbindelse

connect = Forbind DocuSign
connect-why = Forbind din DocuSign-bruger for at sende og følge kuverter herfra.
connect-how = Åbner DocuSign i et nyt vindue. Du skal have en DocuSign-bruger med ret til at sende.
connect-by-hand = Vinduet blev blokeret. Åbn DocuSign her.
reconnect = Forbind igen
reconnect-title = Du er logget ud af DocuSign
reconnect-body = Status kommer stadig ind. Log på igen for at sende.
not-connected = DocuSign er ikke forbundet

## Menu og hjælp

menu = Konto, sprog og hjælp
account = Konto { $name }
hubspot-user = HubSpot-bruger { $email }
help = Hjælp
help-send = »Send fra en skabelon« tager en DocuSign-skabelon, sætter postens personer ind og sender den til underskrift.
help-follow = Panelet følger selv hver kuvert. Åbn en række for at se modtagerne i rækkefølge.
help-stuck = Går noget galt, siger beskeden, hvem der kan rette det. Giv dem koden, der står til sidst.

## En kuverts status

status-draft = Kladde
status-sending = Sendes
status-sent = Sendt
status-viewed = Set
status-partial = { $signed } af { $of } har underskrevet
status-completed = Gennemført
status-declined = Afvist
status-voided = Annulleret
status-expired = Udløbet
status-bounced = Kunne ikke leveres
status-correct = Rettes
status-other = DocuSign siger »{ $name }«
sending-unsettled = DocuSign har ikke bekræftet den endnu.
declined-because = { $name }: »{ $reason }«
declined-silently = { $name } afviste uden begrundelse.
bounced = { $email } tager ikke imod mail.
recipients-in-order = Modtagere i rækkefølge

## En modtagers status, efter navnet

recipient-waiting = har ikke turen endnu
recipient-sent = har fået mailen, ikke åbnet
recipient-viewed = har set den, ikke underskrevet
recipient-opened = har set den
recipient-signed = har underskrevet
recipient-done = færdig
recipient-declined = har afvist
recipient-bounced = kunne ikke nås
recipient-other = { $name }
recipient-next = Næste, { $standing }:
recipient-is = { $standing }:

## Fejl: hvad der skete, og næste skridt

error-code = Kode { $code }
error-code-and-id = Kode { $code }, support-id { $id }
error-field = Det drejer sig om: { $field }
error-retry-after =
    { $seconds ->
        [one] Vent { $seconds } sekund.
       *[other] Vent { $seconds } sekunder.
    }
error-network = Der kom intet svar.
error-network-fix = Se efter, om du har forbindelse, og prøv igen.
error-bad-request = Forespørgslen blev ikke forstået.
error-bad-request-fix = Luk, og åbn igen fra HubSpot.
error-unauthorized = Sessionen er slut.
error-unauthorized-fix = Åbn panelet igen fra HubSpot.
error-not-found = Det findes ikke, eller det hører til en anden post.
error-not-found-fix = Opdatér panelet, og prøv igen.
error-template-gone = Skabelonen er slettet, eller din DocuSign-bruger kan ikke længere se den. Intet blev sendt.
error-template-gone-fix = Vælg en anden skabelon, eller bed ejeren om at dele den med dig.
error-record-gone = Posten er slettet eller flettet i HubSpot.
error-record-gone-fix = Åbn DocuSign fra den post, der har erstattet den.
error-not-connected = DocuSign er ikke forbundet.
error-not-connected-fix = Forbind DocuSign fra panelet, og prøv igen.
error-must-reconnect = Du er logget ud af DocuSign. Intet blev sendt.
error-must-reconnect-fix = Vælg Forbind igen i panelet, og prøv igen.
error-not-installed = Appen er ikke længere installeret i denne HubSpot-konto.
error-not-installed-fix = Bed din HubSpot-administrator om at installere den igen.
error-hubspot-missing-scope = Appen mangler en tilladelse i HubSpot.
error-hubspot-missing-scope-fix = Bed din HubSpot-administrator om at installere appen igen og give tilladelserne.
error-docusign-no-permission = Din DocuSign-bruger har ikke ret til dette. Intet blev sendt.
error-docusign-no-permission-fix = Bed din DocuSign-administrator om en rettighedsprofil, der må sende kuverter.
error-docusign-account-suspended = DocuSign-kontoen er spærret. Intet blev sendt.
error-docusign-account-suspended-fix = Bed din DocuSign-administrator om at kontakte DocuSign.
error-docusign-plan-lacks-feature = DocuSign-abonnementet omfatter ikke dette. Intet blev sendt.
error-docusign-plan-lacks-feature-fix = Spørg din DocuSign-administrator om abonnementet.
error-docusign-refused = DocuSign tog ikke imod den. Intet blev sendt.
error-docusign-refused-fix = Se modtagere, emne og besked efter, og send igen.
error-docusign-busy = DocuSign har travlt. Intet blev sendt.
error-docusign-busy-fix = Prøv igen om lidt.
error-docusign-unreachable = DocuSign svarer ikke.
error-docusign-unreachable-fix = Prøv igen om lidt.
error-hubspot-busy = HubSpot har travlt.
error-hubspot-busy-fix = Prøv igen om lidt.
error-hubspot-unreachable = HubSpot svarer ikke.
error-hubspot-unreachable-fix = Prøv igen om lidt.
error-hubspot-refused = HubSpot tog ikke imod forespørgslen.
error-hubspot-refused-fix = Genindlæs posten. Bliver det ved, så spørg din HubSpot-administrator.
error-send-unsettled = DocuSign har ikke bekræftet kuverten endnu.
error-send-unsettled-fix = Prøv roligt igen: den bliver aldrig sendt to gange. Panelet viser den, så snart det vides.
error-too-large = Det er mere, end der kan tages imod på én gang. Intet blev sendt.
error-too-large-fix = Forkort beskederne, og prøv igen.
error-internal = Noget gik galt hos os.
error-internal-fix = Prøv igen. Bliver det ved, så giv koden herunder til din administrator.
