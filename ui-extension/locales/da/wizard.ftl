# Det, som kun guiden siger: hentes sammen med den.

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
leave-title = Forlad uden at gemme?
leave-body = Intet er sendt, og dine seneste ændringer kunne ikke gemmes. De går tabt.
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
template-folder = Mappe
template-folders-all = Alle mapper
template-of = Hvis skabeloner
template-of-all = Alle ejere
template-of-mine = Mine
template-of-shared = Delt med mig
templates-recent = Senest brugt
templates-matching = Skabeloner
templates-none-here = Her er ingen skabeloner.
templates-too-many = DocuSign viser højst { $max } skabeloner ad gangen. Søg på navn, eller vælg en mappe for at nå andre.
template-used = brugt { $ago }
favourite-of = Favorit: { $name }
favourite-failed = Favoritten kunne ikke ændres.
template-add = Tilføj en skabelon til
template-add-help = Sæt hak ved flere skabeloner nedenfor. Dokumenterne kommer i denne rækkefølge; roller med samme navn er samme person.
templates-in-envelope =
    { $count ->
        [one] { $count } skabelon i denne kuvert
       *[other] { $count } skabeloner i denne kuvert
    }
templates-another =
    { $count ->
        [one] { $count } skabelon · Tilføj en til
       *[other] { $count } skabeloner · Tilføj en til
    }
template-first = Dens emne og besked bruges
template-up = Flyt { $name } op
template-down = Flyt { $name } ned
template-out = Tag { $name } ud
templates-all = Alle skabeloner
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
notice-no-room =
    { $contacts ->
        [one] Skabelonen har ingen ledig plads til en modtager: kontakten er ikke sat ind.
       *[other] Skabelonen har ingen ledig plads til en modtager: ingen af de { $contacts } kontakter er sat ind.
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
more-for = Mere for { $role }
more-note = Privat note
more-note-help = Kun { $role } ser den, i e-mailen og ved siden af dokumenterne.
more-code = Adgangskode
more-code-help = Kræves, før dokumenterne åbnes. Fortæl den på anden vis end med e-mail.
more-language = Sprog i e-mails
more-language-own = Som afsenderens
more-own-message = Egen besked til denne modtager
more-hidden = Dokumenter, modtageren ikke ser
more-hidden-mine = har felter til modtageren
more-hidden-help = Skjules et, begrænses kuverten: hver underskriver ser så kun dokumenter, hvor vedkommende har noget at gøre.
not-available = Ikke tilgængeligt: DocuSign-kontoen tillader det ikke. Spørg jeres DocuSign-administrator.
more-has = { $count ->
    [one] { $count } indstilling
   *[other] { $count } indstillinger
}
beside = Samtidig med nummer { $number }
drag = Træk { $role }, { $number }, til en anden plads. Alt og piletasterne flytter også.
moved = { $role } er nu nummer { $number } af { $of }.
move-locked = Skabelonen lader ikke { $role } flytte dertil.
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
message-reset = Tilbage til skabelonens ord
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
problem-role-locked = Skabelonen låser denne rolle. Kun navn, e-mail og adgangskode kan ændres; fortryd resten.
problem-message-locked = Skabelonen tillader ikke at ændre emne og besked.
problem-subject-missing = Skriv et emne.
problem-subject-too-long = Emnet har { $chars } tegn med navne sat ind; DocuSign tager { $max }.
problem-message-too-long = Beskeden har { $chars } tegn; DocuSign tager { $max }.
problem-own-subject-missing = Skriv et emne.
problem-own-subject-too-long = Emnet har { $chars } tegn med navne sat ind; DocuSign tager { $max }.
problem-own-message-too-long = Beskeden har { $chars } tegn; DocuSign tager { $max }.
problem-note-too-long = Noten har { $chars } tegn; DocuSign tager { $max }.
problem-access-code-too-long = Adgangskoden har { $chars } tegn; DocuSign tager { $max }.
problem-language-unknown = DocuSign kender ikke dette sprog. Vælg et andet.
problem-value-unknown = Der er skrevet en værdi i et felt, som skabelonen ikke længere har. Vælg skabelonen igen.
problem-value-locked = Skabelonen lader dig ikke ændre dette felt. Fortryd din værdi.
problem-value-too-long = Værdien fylder { $bytes } byte; DocuSign tager { $max }. Gør den kortere.
problem-value-wrong-kind = Feltet tager ikke denne værdi. Skriv en, der passer, eller lad feltet være tomt.
problem-value-missing = Modtageren kan ikke blive færdig uden. Skriv en værdi.
problem-template-twice = Den samme skabelon er i kuverten to gange. Tag den ene ud.
problem-witness-alone = DocuSign tager kun et vidne, som en skabelon har knyttet til en underskriver. Vælg en anden type.
problem-hidden-unknown = Der er skjult et dokument, som ikke længere er i kuverten. Vælg igen, hvad denne modtager ser.
problem-hides-own-field = Der er skjult et dokument for denne modtager, som de skal udfylde. Vis det, eller fjern deres felter fra det.
problem-hides-everything = Alle dokumenter er skjult for denne modtager. Vis mindst ét.
problem-option-out-of-range =
    { $option ->
        [reminders-first] Den første påmindelse kan komme efter 1 til 999 dage.
        [reminders-every] Påmindelser kan højst gentages hver 999. dag.
        [reminders-at-most] Der kan være 1 til 999 påmindelser.
        [expiration-after] En kuvert kan udløbe efter 1 til 999 dage.
       *[expiration-warn] Advarslen kan højst komme 999 dage før udløbet.
    }
problem-warns-too-early = Advarslen ville komme, før kuverten er sendt. Advar færre dage før udløbet.
problem-placed-nowhere = Et felt er placeret, hvor der ikke længere er et dokument. Placer det igen, eller fjern det.
problem-placed-for-nobody = Et felt er placeret til en modtager, som ikke længere er der. Giv det til en anden, eller fjern det.
problem-placed-for-non-signer = Et felt er placeret til en, der ikke underskriver. Giv det til en underskriver, eller fjern det.
problem-placed-unedited = Et felt, du selv har placeret, kræver dokumenter, der kan redigeres. Åbn Redigér dokumenter, eller fjern feltet.

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
sending-long = Dokumenter og modtagere overdrages til DocuSign. Vinduet kan blive stående eller lukkes: kuverten sendes én gang, og panelet viser den.
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

## Kladden

saving = Gemmer…
saved = Kladde gemt
saved-not = Ikke gemt: { $reason }
save-and-close = Gem og luk
draft-opening = Åbner kladden…
draft-unopened = Kladden kunne ikke åbnes
choose-another = Vælg en anden skabelon
draft-conflict-body = Det, du har ændret her siden sidste gang, er ikke gemt. Gå videre med det andet vindues version, eller sæt din i stedet.
draft-take-theirs = Tag den anden version
draft-keep-mine = Behold min
draft-gone-body = Den er slettet i et andet vindue eller i DocuSign. Det, du har udfyldt, er her endnu.
draft-keep = Gem den igen
draft-template-changed = Skabelonen er ændret i DocuSign, siden kladden blev gemt. Se modtagere, dokumenter og værdier igennem igen, før du sender.

## Ved siden af trinene

stage = Forhåndsvisning
stage-nothing = Vælg en skabelon for at se, hvad der er i den.
stage-nobody = Ingen endnu
stage-mail = E-mailen
mail-to = Til
mail-note = Sådan ser e-mailen ud for den første modtager.

## Værdierne i skabelonens felter

values-title = Flettede værdier
values-open = { $count ->
    [0] Alle er udfyldt
    [one] { $count } at se på
   *[other] { $count } at se på
}
value-from = { $kind ->
    [deal] Handel
    [company] Virksomhed
   *[contact] Kontakt
} · { $property }
value-missing = { $kind ->
    [deal] Handlens “{ $property }” er tom.
    [company] Virksomhedens “{ $property }” er tom.
   *[contact] Kontaktens “{ $property }” er tom.
}
value-wrong-kind = { $kind ->
    [deal] Handlens “{ $property }” passer ikke i feltet.
    [company] Virksomhedens “{ $property }” passer ikke i feltet.
   *[contact] Kontaktens “{ $property }” passer ikke i feltet.
}
value-too-long = { $kind ->
    [deal] Handlens “{ $property }” er længere, end DocuSign tager.
    [company] Virksomhedens “{ $property }” er længere, end DocuSign tager.
   *[contact] Kontaktens “{ $property }” er længere, end DocuSign tager.
}
value-unknown = HubSpot har ingen sådan egenskab.
value-other-record = Udfyldes kun, når der sendes fra en post af den slags.
value-locked = Skabelonen lader dig ikke ændre den.
value-own = Din egen værdi
value-empty = Tom
value-ticked = Sat kryds
value-unticked = Intet kryds
value-change = Ret
value-change-of = Ret { $name }
value-undo = Fortryd

## Forhåndsvisning

preview-open = Åbn forhåndsvisning
preview-title = Sådan ser det ud for
preview-recipient = Modtager
preview-zoom-in = Zoom ind
preview-zoom-out = Zoom ud
preview-percent = { $percent } %
preview-close = Luk forhåndsvisningen
preview-pages = Sider
preview-document = Dokument
preview-details = Modtagerens e-mail og felter
preview-loading = Henter siderne…
preview-failed = Forhåndsvisningen kunne ikke hentes.
preview-page = Side { $page }
preview-page-of = { $document }, side { $page } af { $pages }
preview-page-failed = Denne side kunne ikke hentes.
preview-to-fill-in = { $count ->
    [0] Intet at udfylde
    [one] { $count } felt at udfylde
   *[other] { $count } felter at udfylde
}
preview-see-mail = Se e-mail
preview-see-pages = Se sider
preview-fields-on = Felter på side { $page }
preview-fields-of = Felter til { $name }
preview-no-fields = Intet på siderne skal udfyldes af denne modtager.
preview-hidden = { $name } ser ikke { $documents }.
preview-note = Privat note:
preview-own-fields-on = Felter tilføjet af dig på side { $page }
preview-at-text = ved »{ $text }«
placed-help = Piletaster flytter det ét punkt, med Shift ti. Delete fjerner det.
preview-signs-here = { $name } underskriver her
tab-signature = Underskriv
tab-initials = Initialer
tab-date-signed = Dato for underskrift
tab-name = Navn
tab-email = E-mail
tab-company = Virksomhed
tab-title = Stilling
tab-envelope-id = Kuvert-id
tab-field = Felt

## Redigering

edit-loading = Redigeringen indlæses…
edit-failed = Redigeringen kunne ikke indlæses
edit-documents = Redigér dokumenter
edit-done = Færdig med at redigere

## Indstillinger, som gennemsynet siger dem

options-changed = Anderledes end i skabelonen
option-on = Ja
option-off = Nej
option-reassign = Give den videre til en anden
option-comments = Kommentere
option-sign-on-paper = Underskrive på papir
option-sign-on-mobile = Underskrive på telefon
option-view-history = Se historikken
option-visibility = Begræns, hvad underskrivere ser
option-id-stamp = Kuvert-id på hver side
option-reminders = Mind om at underskrive
reminders-none = Ingen påmindelser
reminders-words = efter { $first } dage, derefter hver { $second }.
option-expiration = Annullér, når ingen underskriver
expiration-words = efter { $first } dage, advarsel { $second } før

## Genvejstaster

hotkeys-title = Genvejstaster
hotkeys-help = De virker overalt i dette vindue, undtagen mens du skriver.
hotkeys-on = Genvejstaster er slået til, så længe vinduet er åbent
hotkey-options = Avancerede indstillinger
hotkey-message = Redigér besked
hotkey-recipients = Redigér modtagere
hotkey-preview = Åbn eller luk forhåndsvisningen
hotkey-next-recipient = Næste modtager i forhåndsvisningen
hotkey-previous-recipient = Forrige modtager i forhåndsvisningen
hotkey-next-page = Næste side
hotkey-previous-page = Forrige side
hotkey-zoom = Større, mindre, som før

error-draft-conflict = Denne kladde blev ændret i et andet vindue.
error-draft-conflict-fix = Fortsæt med den udgave, der blev gemt dér, eller behold denne i stedet.
error-draft-gone = Denne kladde er væk. Den blev slettet her eller i DocuSign.
error-draft-gone-fix = Begynd forfra med skabelonen.
error-draft-sent-elsewhere = Denne kladde er allerede sendt fra DocuSigns egne sider.
error-draft-sent-elsewhere-fix = Luk dette vindue. Kuverten står i panelet.
error-draft-handed-over = Denne kladde redigeres i DocuSigns eget redigeringsvindue.
error-draft-handed-over-fix = Gør den færdig eller kassér den dér.
error-too-many-drafts = Du har for mange kladder til at gemme en til.
error-too-many-drafts-fix = Slet kladder, du ikke længere skal bruge, og fortsæt så her.
error-file-unreadable = DocuSign kan ikke læse denne fil. Den er tom, beskadiget eller ikke det, navnet siger.
error-file-unreadable-fix = Åbn filen på din computer, gem den igen, og tilføj den på ny.
error-file-type-refused = DocuSign tager ikke imod denne slags fil.
error-file-type-refused-fix = Gem den som PDF, og tilføj den.
error-file-protected = Denne PDF er beskyttet med adgangskode.
error-file-protected-fix = Gem en kopi uden adgangskode, og tilføj den.
error-draft-incomplete = Der mangler stadig noget. Intet blev sendt.
error-draft-incomplete-fix = Udfyld det markerede, og send igen.
error-template-no-recipients = Skabelonen har hverken roller eller modtagere. Intet blev sendt.
error-template-no-recipients-fix = Bed skabelonens ejer eller din DocuSign-administrator om at tilføje en rolle.
error-template-no-documents = Skabelonen har ingen dokumenter. Intet blev sendt.
error-template-no-documents-fix = Bed skabelonens ejer eller din DocuSign-administrator om at tilføje et dokument.
error-idempotency-mismatch = Den er allerede sendt med andet indhold. Den blev ikke sendt igen.
error-idempotency-mismatch-fix = Find kuverten i panelet. Begynd forfra i panelet for at sende endnu en.
back = Tilbage
error-docusign-allowance-used-up = DocuSign-kontoen har ikke flere kuverter. Intet blev sendt.
error-docusign-allowance-used-up-fix = Bed din DocuSign-administrator om at købe flere, eller vent til næste periode.
