# One envelope, opened: its recipients, what can be done with it, its history; and the search through all of them.

quoted = »{ $text }«
voided-because = Begrundelse: »{ $reason }«
completed-note = Alle har underskrevet.
sent-by = Sendt af
last-synced = Senest synkroniseret
detail-failed = Kuverten kunne ikke åbnes
detail-actions = Hvad der kan gøres

remind =
    { $count ->
        [one] Påmind
       *[other] Påmind { $count } personer
    }
remind-name = Påmind { $name }
reminded =
    { $count ->
        [one] Påmindelsen er på vej.
       *[other] { $count } påmindelser er på vej.
    }
correct-open = Ret…
papers-open = Hent…
void-open = Annullér…
send-again = Send igen
copy-link = Kopiér link
link-of-envelope = Link til kuverten i DocuSign
link-copied = Kopieret. Den, der åbner det, logger ind i DocuSign.
link-by-hand = Kopiér det markerede link.

## Hvorfor noget ikke kan lade sig gøre

not-possible-now = Ikke muligt nu
not-yours = Din DocuSign-bruger må ikke gøre dette med denne kuvert. Spørg { $sender }, som har sendt den, eller jeres DocuSign-administrator.
why-unsettled = DocuSign har ikke bekræftet kuverten endnu. Vent et øjeblik.
why-draft = Den er en kladde i DocuSign og er ikke sendt. Åbn den i DocuSign for at gå videre.
why-being-corrected = Nogen har den åben til rettelse i DocuSign, og ingen kan underskrive imens. Det afsluttes dér: åbn den i DocuSign.
why-completed = Alle har underskrevet: der er intet tilbage at påminde, rette eller annullere.
why-declined = Den blev afvist: den kan ikke påmindes, rettes eller annulleres. Send den igen i stedet.
why-voided = Den blev annulleret: den kan ikke påmindes, rettes eller annulleres. Send den igen i stedet.
why-out-of-reach = DocuSign har lagt den uden for rækkevidde: den er slettet dér eller står i en tilstand, der ikke kendes her.
why-not-completed = Certifikatet kommer med den sidste underskrift.
why-nobody-waits = Ingen kan påmindes: ingen har den i indbakken nu.
why-bounced = Adressen tager ikke imod mail. Ret den, så sendes mailen til den nye.
why-has-acted = er færdig og kan ikke ændres mere.
why-not-their-turn = Det er ikke deres tur endnu.
why-too-soon = Påmindet inden for den seneste time. Næste påmindelse er mulig { $ahead } ({ $at }).
why-nobody-to-correct = Alle er færdige: der er ingen tilbage at rette.
why-not-installed = Appen er ikke længere installeret. Bed jeres HubSpot-administrator om at installere den igen.
why-not-connected = Forbind DocuSign for at påminde, rette, annullere eller hente.
why-must-reconnect = Dit login til DocuSign er udløbet. Forbind igen for at påminde, rette, annullere eller hente.
why-other-account = Den ligger i en anden DocuSign-konto end den, du arbejder i. Skift konto i appens indstillinger.
why-template-unknown = Det vides ikke her, hvilken skabelon den blev sendt fra. Vælg den under »Send fra en skabelon«.
why-stale = Den er ændret hos DocuSign imens, så der blev ikke gjort noget. Det, du ser nu, er sådan, den står.

## Annullering

void-title = Annullér denne kuvert?
void-body = Ingen kan underskrive den mere, og alle, der har den, får at vide hvorfor. Det kan ikke fortrydes.
void-reason = Begrundelse, som modtagerne får at se
void-templates = Begrundelser at begynde med
void-mistake = Den blev sendt ved en fejl.
void-changed = Vilkårene er ændret.
void-replaced = En ny version erstatter den.
void-off = Aftalen er faldet bort.
void-reason-missing = Giv en begrundelse: modtagerne læser den.
of-most = { $count } af { $most }
void-cancel = Behold den
void-now = Annullér kuverten
voided-done = Kuverten er annulleret.

## Rettelse

correct-title = Ret kuverten
correct-body = Den, der får en ny adresse, får straks mailen dér, hvis det er deres tur. Det gamle link virker ikke længere.
correct-name = Navn
correct-email = E-mail
correct-order = Rækkefølge
correct-subject = Emne
correct-message = Ny besked
correct-message-foot = Tom: beskeden bliver, som den er. Mails, der allerede er sendt, ændres ikke.
correct-cancel = Fortryd
correct-now = Gem rettelsen
corrected-done = Rettelsen er gemt.
wrong-nothing-changed = Der er ikke ændret noget endnu.
wrong-not-correctable = Denne person er færdig og kan ikke ændres.
wrong-name-missing = Der mangler et navn.
wrong-name-too-long = Navnet er længere end 100 tegn.
wrong-email-invalid = Dette er ikke en e-mailadresse, som DocuSign tager imod.
wrong-order-fixed = Det er allerede denne persons tur: rækkefølgen bliver.
wrong-order-out-of-range = Ingen kan sættes før dem, hvis tur det er nu.
wrong-subject-missing = Der mangler et emne.
wrong-subject-too-long = Emnet er længere end 100 tegn.
wrong-message-too-long = Beskeden er længere end 10.000 tegn.

## Dokumenter

papers-title = Hent
papers-combined = Alle dokumenter som én PDF
papers-certificate = Certifikat for gennemførelsen
papers-each = Vælg et dokument…
papers-saving = Henter fra DocuSign…
papers-saved = Din browser har den.

## Historik

history = Historik
history-all = Alle { $count } linjer
somebody = Nogen
about-combined = alle dokumenter
about-certificate = certifikatet
about-document = dokument { $number }
did-sent = { $by } sendte den
did-sent-elsewhere = Den blev sendt fra DocuSign
did-reminded = { $by } påmindede { $name }
did-corrected = { $by } rettede den
did-voided = { $by } annullerede den
did-downloaded = { $by } hentede { $about }
told-envelope-created = Den blev oprettet i DocuSign
told-envelope-sent = Den blev sendt
told-envelope-completed = Den er gennemført
told-envelope-declined = Den endte med afvisningen
told-envelope-voided = Den blev annulleret eller er udløbet
told-envelope-corrected = Den blev rettet i DocuSign
told-envelope-purge = DocuSign har slettet dens dokumenter
told-envelope-deleted = Den blev slettet i DocuSign
told-recipient-sent = { $name } fik mailen
told-recipient-resent = { $name } fik mailen igen
told-recipient-delivered = { $name } åbnede den
told-recipient-completed = { $name } er færdig
told-recipient-declined = { $name } afviste
told-recipient-autoresponded = Mailen til { $name } kom tilbage
told-recipient-authenticationfailed = { $name } kunne ikke vise, hvem de er
told-recipient-reassign = { $name } gav den videre til en anden
told-other = DocuSign siger »{ $what }«
audit-ask = Spørg DocuSign om dens historik
audit-title = DocuSigns egen historik
audit-asked = Med DocuSigns ord, spurgt

## Søgning

find-title = Find en kuvert
find-close = Tilbage til listen
find-hint = Emne, skabelon, navn eller e-mail
find-filter = Hvilke kuverter
find-all = Alle
find-groups = Hvad der skal gøres
find-statuses = Status
find-order = Rækkefølge
find-by-need = Det, der kræver dig, først
find-by-change = Senest ændret først
find-count =
    { $count ->
        [one] { $count } kuvert fundet
       *[other] { $count } kuverter fundet
    }
face-sent = Sendt
face-viewed = Set
face-partial = Delvist underskrevet
face-completed = Gennemført
face-declined = Afvist
face-bounced = Kunne ikke leveres
face-voided = Annulleret
face-correct = Rettes

## Fejl

error-not-possible = Det kan ikke lade sig gøre, som kuverten står nu. Intet blev ændret.
error-not-possible-fix = Det, du ser nu, er sådan, den står.
error-action-unsettled = DocuSign har ikke bekræftet det. Det er måske gjort, og det gøres ikke to gange.
error-action-unsettled-fix = Vent et øjeblik: historikken nedenfor viser det, så snart DocuSign har meldt det.
