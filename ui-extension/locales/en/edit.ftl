# What only the editor of documents and options says: fetched with it.

actions = Actions
action-message = Edit message
action-recipients = Edit recipients
options-title = Advanced options
continue-title = Continue in DocuSign

## Documents

documents-untouched = In the order in which the recipients see them. The first change makes a draft in DocuSign; the envelope is then sent from that draft.
documents-in-draft = In the order in which the recipients see them. They are edited in a draft in DocuSign, which only you see.
documents-not-changed = The documents were not changed
document-from = from { $name }
document-own = added by you, { $size }
document-own-plain = added by you
document-move = Move { $name }: arrow keys up and down
document-moved = { $name } is now number { $place }
document-remove = Remove { $name }
document-remove-title = Remove { $name }?
document-remove-body = There are fields on it. They go with it, and nobody signs there.
document-remove-go = Remove
document-keep = Keep it
document-bare = { $name } has no fields.
document-bare-means = Recipients can read it, nobody signs on it. A field can be added below.
decimal-point = .
drop-here = Drop files here, or
choose-files = Choose files
drop-kinds = PDF, Word, Excel, PowerPoint, text or image, up to 32 MB each
add-from-template = Add from a template
add-nothing = No template matches.
add-it = Add
add-this = Add { $name }
template-added = { $name } was added

## Files on their way

upload-waiting = Waits for the file before it
upload-under-way = Uploading, { $percent } % of { $size }
upload-done = { $name } was added
upload-too-large = The file is larger than { $max } MB, which is what DocuSign takes. Make it smaller, or split it.
upload-again = Try again: { $name }
upload-stop = Stop uploading { $name }
upload-dismiss = Take { $name } off the list

## Fields of the sender's own

fields-title = Fields added by you
fields-nobody = There is nobody who signs. Add a recipient who does.
field-signature = Signature
field-who = Recipient
field-kind = Field
field-document = Document
field-on-page = Place on the page
field-click = Click where it should go.
field-in-corner = Put it in the upper left corner
field-text = Text in the document
field-at-text = Add at this text
field-page = Page
field-x = From left
field-y = From top
field-remove = Remove this field
recipient-number = Recipient { $number }

## Advanced options

options-help = For this envelope only; the template stays as it is.
options-rights = What recipients may do
options-visibility = Who sees which document
options-reminders = Reminders
options-expiration = Expiration
options-more = More
option-as-template = As the template has it
option-as-template-value = As the template: { $value }
option-unavailable = Not available in your DocuSign account. A DocuSign administrator can change that.
option-reassign-help = A recipient can name another person to sign instead.
option-comments-help = Recipients and sender can discuss the documents.
option-sign-on-paper-help = Print, sign by hand, and upload.
option-sign-on-mobile-help = Signing on a small screen.
option-view-history-help = Who did what, and when.
option-visibility-help = A signer sees the documents they have a field on, and those without fields.
visibility-needed = has fields on it
option-id-stamp-help = DocuSign writes it at the top of each page.
option-reminders-help = DocuSign sends the reminders.
reminders-own = Remind them
reminders-first = First after (days)
reminders-every = Then every (days)
reminders-at-most = At most (times)
option-expiration-help = After that, nobody can sign any more.
expiration-own = After a time
expiration-after = Voided after (days)
expiration-warn = Warn before (days)

## Continue in DocuSign

continue-means = DocuSign’s own editor opens in a new tab, with everything that you have done here.
continue-then = From then on the envelope is edited and sent there. This window closes; the panel shows the draft, and the envelope once it is sent.
continue-preparing = Bringing the draft up to date…
continue-failed = The draft was not opened in DocuSign
continue-blocked = The browser kept the new tab from opening by itself.
continue-open = Open it in DocuSign
continue-news = The draft goes on in DocuSign.
