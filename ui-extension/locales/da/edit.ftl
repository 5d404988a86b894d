# Det, som kun redigeringen af dokumenter og indstillinger siger: hentes sammen med den.

actions = Handlinger
action-message = Redigér besked
action-recipients = Redigér modtagere
options-title = Avancerede indstillinger
continue-title = Fortsæt i DocuSign

## Dokumenter

documents-untouched = I den rækkefølge, modtagerne ser dem. Den første ændring laver en kladde i DocuSign; kuverten sendes så fra den kladde.
documents-in-draft = I den rækkefølge, modtagerne ser dem. De redigeres i en kladde i DocuSign, som kun du ser.
documents-not-changed = Dokumenterne blev ikke ændret
document-from = fra { $name }
document-own = tilføjet af dig, { $size }
document-own-plain = tilføjet af dig
document-move = Flyt { $name }: piletaster op og ned
document-moved = { $name } er nu nummer { $place }
document-remove = Fjern { $name }
document-remove-title = Fjern { $name }?
document-remove-body = Der er felter på det. De forsvinder med det, og ingen underskriver dér.
document-remove-go = Fjern
document-keep = Behold det
document-bare = { $name } har ingen felter.
document-bare-means = Modtagerne kan læse det, ingen underskriver på det. Et felt kan tilføjes nedenfor.
decimal-point = ,
drop-here = Slip filer her, eller
choose-files = Vælg filer
drop-kinds = PDF, Word, Excel, PowerPoint, tekst eller billede, højst 32 MB hver
add-from-template = Tilføj fra en skabelon
add-nothing = Ingen skabelon passer.
add-it = Tilføj
add-this = Tilføj { $name }
template-added = { $name } er tilføjet

## Filer på vej

upload-waiting = Venter på filen før den
upload-under-way = Uploader, { $percent } % af { $size }
upload-done = { $name } er tilføjet
upload-too-large = Filen er større end { $max } MB, som er, hvad DocuSign tager imod. Gør den mindre, eller del den.
upload-again = Prøv igen: { $name }
upload-stop = Stop upload af { $name }
upload-dismiss = Tag { $name } af listen

## Afsenderens egne felter

fields-title = Felter tilføjet af dig
fields-nobody = Ingen skal underskrive. Tilføj en modtager, der skal.
field-signature = Underskrift
field-who = Modtager
field-kind = Felt
field-document = Dokument
field-on-page = Placér på siden
field-click = Klik, hvor det skal stå.
field-in-corner = Sæt det i øverste venstre hjørne
field-text = Tekst i dokumentet
field-at-text = Tilføj ved denne tekst
field-page = Side
field-x = Fra venstre
field-y = Fra toppen
field-remove = Fjern dette felt
recipient-number = Modtager { $number }

## Avancerede indstillinger

options-help = Kun for denne kuvert; skabelonen forbliver, som den er.
options-rights = Hvad modtagerne må
options-visibility = Hvem ser hvilket dokument
options-reminders = Påmindelser
options-expiration = Udløb
options-more = Mere
option-as-template = Som skabelonen har det
option-as-template-value = Som skabelonen: { $value }
option-unavailable = Ikke tilgængelig på jeres DocuSign-konto. En DocuSign-administrator kan ændre det.
option-reassign-help = En modtager kan udpege en anden til at underskrive.
option-comments-help = Modtagere og afsender kan drøfte dokumenterne.
option-sign-on-paper-help = Print, underskriv i hånden, og upload.
option-sign-on-mobile-help = Underskrift på en lille skærm.
option-view-history-help = Hvem gjorde hvad, og hvornår.
option-visibility-help = En underskriver ser de dokumenter, de har et felt på, og dem uden felter.
visibility-needed = har felter på det
option-id-stamp-help = DocuSign skriver det øverst på hver side.
option-reminders-help = DocuSign sender påmindelserne.
reminders-own = Mind dem om det
reminders-first = Første efter (dage)
reminders-every = Derefter hver (dage)
reminders-at-most = Højst (gange)
option-expiration-help = Derefter kan ingen underskrive længere.
expiration-own = Efter en tid
expiration-after = Annulleres efter (dage)
expiration-warn = Advar før (dage)

## Fortsæt i DocuSign

continue-means = DocuSigns egen editor åbner i en ny fane med alt det, du har gjort her.
continue-then = Fra da af redigeres og sendes kuverten dér. Dette vindue lukkes; panelet viser kladden, og kuverten, når den er sendt.
continue-preparing = Bringer kladden ajour…
continue-failed = Kladden blev ikke åbnet i DocuSign
continue-blocked = Browseren lod ikke den nye fane åbne af sig selv.
continue-open = Åbn den i DocuSign
continue-news = Kladden fortsætter i DocuSign.
