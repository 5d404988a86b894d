# Enkelt, kort, lille begyndelsesbogstav. Et problem siger, hvad der skete, hvad der ikke skete, og hvem der kan gøre hvad.

title = DocuSign
close = Luk
back = Tilbage
next = Næste
try-again = Prøv igen
template = Skabelon
sent-by = Sendt af
quoted = »{ $text }«

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
panel-search-in =
    { $count ->
        [one] Søg i { $count } kuvert
       *[other] Søg i { $count } kuverter
    }
panel-search-nothing = Ingen kuvert passer til »{ $query }«.
panel-search-loaded = Der søges i de kuverter, der er indlæst indtil nu.
panel-shown = { $shown } af { $total } vist
clear-search = Ryd søgningen
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
status-bounced = Kunne ikke leveres
status-correct = Rettes
status-other = DocuSign siger »{ $name }«
sending-unsettled = DocuSign har ikke bekræftet den endnu.
declined-because = { $name }: »{ $reason }«
declined-silently = { $name } afviste uden begrundelse.
bounced = { $email } tager ikke imod mail.
voided-because = Begrundelse: »{ $reason }«
completed-note = Alle har underskrevet.
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
error-draft-incomplete = Der mangler stadig noget. Intet blev sendt.
error-draft-incomplete-fix = Udfyld det markerede, og send igen.
error-template-gone = Skabelonen er slettet, eller din DocuSign-bruger kan ikke længere se den. Intet blev sendt.
error-template-gone-fix = Vælg en anden skabelon, eller bed ejeren om at dele den med dig.
error-template-no-recipients = Skabelonen har hverken roller eller modtagere. Intet blev sendt.
error-template-no-recipients-fix = Bed skabelonens ejer eller din DocuSign-administrator om at tilføje en rolle.
error-template-no-documents = Skabelonen har ingen dokumenter. Intet blev sendt.
error-template-no-documents-fix = Bed skabelonens ejer eller din DocuSign-administrator om at tilføje et dokument.
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
error-docusign-allowance-used-up = DocuSign-kontoen har ikke flere kuverter. Intet blev sendt.
error-docusign-allowance-used-up-fix = Bed din DocuSign-administrator om at købe flere, eller vent til næste periode.
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
error-idempotency-mismatch = Den er allerede sendt med andet indhold. Den blev ikke sendt igen.
error-idempotency-mismatch-fix = Find kuverten i panelet. Begynd forfra i panelet for at sende endnu en.
error-send-unsettled = DocuSign har ikke bekræftet kuverten endnu.
error-send-unsettled-fix = Prøv roligt igen: den bliver aldrig sendt to gange. Panelet viser den, så snart det vides.
error-too-large = Det er mere, end der kan tages imod på én gang. Intet blev sendt.
error-too-large-fix = Forkort beskederne, og prøv igen.
error-internal = Noget gik galt hos os.
error-internal-fix = Prøv igen. Bliver det ved, så giv koden herunder til din administrator.

## Guide

step-template = Skabelon
step-recipients = Modtagere og besked
step-review = Gennemse
step-of = Trin { $step } af { $steps }
edit = Redigér
subject = Emne
message = Besked
name = Navn
email = E-mail
for-record =
    { $kind ->
        [contact] for kontakten
        [company] for virksomheden
       *[deal] for handlen
    }
leave-title = Forlad uden at sende?
leave-body = Intet er sendt. Det, du har udfyldt, går tabt.
leave-stay = Bliv her
leave-go = Forlad

## Trin 1: skabelon

choose-template = Vælg en skabelon
choose-first = Vælg en skabelon for at gå videre.
compose-failed = Skabelonen kunne ikke åbnes
template-search = Søg i skabeloner
template-search-in =
    { $count ->
        [one] Søg i { $count } skabelon
       *[other] Søg i { $count } skabeloner
    }
templates-loading = Indlæser skabeloner…
templates-failed = Skabelonerne kunne ikke indlæses
templates-none = Der er ingen skabeloner endnu. Lav en i DocuSign, og kom tilbage.
templates-nothing = Ingen skabelon passer til »{ $query }«.
templates-found =
    { $count ->
        [one] { $count } skabelon fundet
       *[other] { $count } skabeloner fundet
    }
templates-shown = { $shown } af { $total } vist
templates-favourite = Favoritter
templates-all = Alle skabeloner
favourite = Favorit
template-problem-no-recipients = Ingen kan underskrive: den har ingen roller. Bed { $owner } om at tilføje en.
template-problem-no-documents = Den har ingen dokumenter. Bed { $owner } om at tilføje et.
roles =
    { $count ->
        [0] ingen roller
        [one] { $count } rolle
       *[other] { $count } roller
    }
documents =
    { $count ->
        [0] ingen dokumenter
        [one] { $count } dokument
       *[other] { $count } dokumenter
    }
pages =
    { $count ->
        [one] { $count } side
       *[other] { $count } sider
    }

## Trin 2: modtagere

documents-title = Dokumenter
notice-more-contacts-than-placeholders =
    { $record ->
        [deal] Handlen har { $contacts } kontakter, skabelonen har plads til { $placeholders }. De første er sat ind.
        [company] Virksomheden har { $contacts } kontakter, skabelonen har plads til { $placeholders }. De første er sat ind.
       *[contact] Posten har { $contacts } kontakter, skabelonen har plads til { $placeholders }. De første er sat ind.
    }
notice-already-in-template = { $name } blev ikke tilføjet igen: skabelonen har allerede { $email }.
notice-contact-without-email = { $name } blev ikke sat ind: kontakten har ingen e-mailadresse i HubSpot.
notice-no-contacts =
    { $record ->
        [company] Virksomheden har ingen kontakter. Søg efter dem, der skal have den.
        [contact] Kontakten kan ikke sættes ind. Søg efter dem, der skal have den.
       *[deal] Handlen har ingen kontakter. Søg efter dem, der skal have den.
    }
notice-company-contacts-offered =
    { $contacts ->
        [one] Virksomheden har { $contacts } kontakt. Vælg, hvem der skal have den.
       *[other] Virksomheden har { $contacts } kontakter. Vælg, hvem der skal have den.
    }
add-recipient = Tilføj en modtager
added-recipient = Tilføjet modtager
remove-recipient = Fjern { $role }
move-up = Flyt { $role }, { $number }, op
move-down = Flyt { $role }, { $number }, ned
type-of = Type for { $role }
recipients-locked = Skabelonen tillader ikke at tilføje, fjerne eller flytte modtagere.
role-locked = Låst af skabelonen: kun navn og e-mail kan ændres.
role-required = Krævet af skabelonen: rollen kan ikke fjernes.
role-dropped = { $role } er udeladt.
role-put-back = Sæt ind igen
role-put-back-label = Sæt { $role } ind igen
recipient-automatic = DocuSign udfylder selv denne.
same-time = Samtidig med { $number }
edit-person = Ret navn eller e-mail for { $name }
remove-person = Fjern { $name }
person-of = Person til { $role }
search-instead = Søg i kontakter i stedet
row-empty = Vælg en kontakt, eller fjern rollen.
contact-for = Kontakt for { $role }
contact-search = Søg efter en kontakt
contacts = Kontakter
contacts-searching = Søger…
contacts-failed = Der kunne ikke søges i kontakterne
contacts-failed-fix = Skriv videre for at prøve igen, eller skriv personen ind.
contact-without-email = ingen e-mailadresse i HubSpot
on-this-record =
    { $record ->
        [contact] denne kontakt
        [company] på denne virksomhed
       *[deal] på denne handel
    }
somebody-else = En, der ikke er i HubSpot
somebody-called = Brug »{ $text }« som ny modtager
somebody-fix = Navn og e-mail skrives ind; der oprettes ingen kontakt
kind-signers = Skal underskrive
kind-carbonCopies = Modtager en kopi
kind-certifiedDeliveries = Skal se den
kind-inPersonSigners = Underskriver ved fremmøde
kind-agents = Styrer senere modtagere
kind-editors = Må redigere kuverten
kind-intermediaries = Udpeger senere modtagere
kind-witnesses = Er vidne

## Trin 2: besked

count-of = { $count } af { $max }
message-locked = Skabelonen tillader ikke at ændre emne og besked.
own-messages = Tilpas e-mailbeskeden til hver modtager
own-messages-help = Så får hver modtager sit eget emne og sin egen besked.
own-subject = Eget emne
own-message = Egen besked

## Hvad en kladde mangler

problem-wrong-template = Kladden hører til en anden skabelon. Vælg skabelonen igen.
problem-template-has-no-documents = Skabelonen har ingen dokumenter, så der er intet at underskrive.
problem-no-recipients = Ingen ville underskrive den eller få en kopi. Tilføj en modtager.
problem-too-many-recipients = En kuvert kan højst have { $max } modtagere. Fjern nogle.
problem-name-missing = Skriv et navn.
problem-name-too-long = Et navn kan højst have { $max } tegn.
problem-email-missing = Skriv en e-mailadresse.
problem-email-invalid = »{ $email }« er ikke en e-mailadresse, som DocuSign godtager.
problem-duplicate = Det er samme person i samme rolle som nummer { $number }. Fjern en af dem.
problem-unknown-role = Skabelonen har ikke længere denne rolle. Fjern modtageren.
problem-role-twice = Nummer { $number } har allerede rollen. Fjern en af dem.
problem-required-role-dropped = Skabelonen kræver rollen { $role }. Sæt den ind igen.
problem-recipients-locked = Skabelonen tillader ikke at tilføje, fjerne eller flytte modtagere. Vælg skabelonen igen for at begynde forfra.
problem-role-locked = Skabelonen låser rollen. Fortryd ændringen af type eller rækkefølge.
problem-message-locked = Skabelonen tillader ikke at ændre emne og besked.
problem-subject-missing = Skriv et emne.
problem-subject-too-long = Emnet har { $chars } tegn med navne sat ind; DocuSign tager { $max }.
problem-message-too-long = Beskeden har { $chars } tegn; DocuSign tager { $max }.
problem-own-subject-missing = Skriv et emne.
problem-own-subject-too-long = Emnet har { $chars } tegn med navne sat ind; DocuSign tager { $max }.
problem-own-message-too-long = Beskeden har { $chars } tegn; DocuSign tager { $max }.
problem-value-unknown = Skabelonen har ikke længere feltet { $field }. Vælg skabelonen igen.
problem-value-locked = Skabelonen tillader ikke at udfylde feltet { $field }.
problem-value-too-long = Værdien til feltet { $field } er længere, end DocuSign tager.
problem-value-wrong-kind = Værdien til feltet { $field } er ikke af den slags, feltet tager.
problem-value-missing = Feltet { $field } skal have en værdi.

## Trin 3: gennemsyn, og derefter

review-title = Gennemse og send
message-title = E-mail
message-none = Ingen besked
own-title = Egne beskeder
own-each = Hver modtager har sit eget emne og sin egen besked
sending = Sender…
send-to =
    { $count ->
        [one] Send til { $count } modtager
       *[other] Send til { $count } modtagere
    }
send-failed = Kuverten blev ikke sendt
send-unsettled-title = Vi ved endnu ikke, om den blev sendt
sent-news = Sendt
sent-title = { $name } er på vej
sent-next =
    { $count ->
        [one] { $names } har nu fået mailen. Panelet viser, når den er set og underskrevet.
       *[other] { $names } har nu fået mailen. Panelet viser, når den er set og underskrevet.
    }
send-another = Send en til

## Ved siden af trinene

stage = Forhåndsvisning
stage-nothing = Vælg en skabelon for at se, hvad der er i den.
stage-nobody = Ingen endnu
stage-mail = E-mailen
mail-to = Til
mail-note = Sådan ser e-mailen ud for den første modtager.
