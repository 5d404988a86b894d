# What only the wizard says: fetched with it.

## Wizard

step-template = Template
step-recipients = Recipients and message
step-review = Review
step-of = Step { $step } of { $steps }
edit = Edit
subject = Subject
message = Message
name = Name
email = Email
for-record =
    { $kind ->
        [contact] for the contact
        [company] for the company
       *[deal] for the deal
    }
leave-title = Leave without saving?
leave-body = Nothing has been sent, and your last changes could not be saved. They will be gone.
leave-stay = Stay here
leave-go = Leave

## Step 1: template

choose-template = Choose a template
choose-first = Choose a template to go on.
compose-failed = The template could not be opened
template-search = Search templates
template-search-in =
    { $count ->
        [one] Search { $count } template
       *[other] Search { $count } templates
    }
templates-loading = Loading templates…
templates-failed = The templates could not be loaded
templates-none = There are no templates yet. Make one in DocuSign, then come back.
templates-nothing = No template matches “{ $query }”.
templates-found =
    { $count ->
        [one] { $count } template found
       *[other] { $count } templates found
    }
templates-shown = { $shown } of { $total } shown
templates-favourite = Favourites
template-folder = Folder
template-folders-all = All folders
template-of = Whose templates
template-of-all = All owners
template-of-mine = Mine
template-of-shared = Shared with me
templates-recent = Recently used
templates-matching = Templates
templates-none-here = There is no template here.
templates-too-many = DocuSign lists no more than { $max } templates at once. Search by name or choose a folder to reach others.
template-used = used { $ago }
favourite-of = Favourite: { $name }
favourite-failed = The favourite could not be changed.
template-add = Add another template
template-add-help = Tick more templates below. Documents come in this order; roles of the same name are the same person.
templates-in-envelope =
    { $count ->
        [one] { $count } template in this envelope
       *[other] { $count } templates in this envelope
    }
templates-another =
    { $count ->
        [one] { $count } template · Add another
       *[other] { $count } templates · Add another
    }
template-first = Its subject and message are used
template-up = Move { $name } up
template-down = Move { $name } down
template-out = Take { $name } out
templates-all = All templates
template-problem-no-recipients = Nobody can sign it: it has no roles. Ask { $owner } to add one.
template-problem-no-documents = It has no documents. Ask { $owner } to add one.
roles =
    { $count ->
        [0] no roles
        [one] { $count } role
       *[other] { $count } roles
    }
documents =
    { $count ->
        [0] no documents
        [one] { $count } document
       *[other] { $count } documents
    }
pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }

## Step 2: recipients

documents-title = Documents
notice-more-contacts-than-placeholders =
    { $record ->
        [deal] The deal has { $contacts } contacts, the template has room for { $placeholders }. The first ones were filled in.
        [company] The company has { $contacts } contacts, the template has room for { $placeholders }. The first ones were filled in.
       *[contact] The record has { $contacts } contacts, the template has room for { $placeholders }. The first ones were filled in.
    }
notice-no-room =
    { $contacts ->
        [one] The template has no open place for a recipient: the contact was not filled in.
       *[other] The template has no open place for a recipient: none of the { $contacts } contacts was filled in.
    }
notice-already-in-template = { $name } was not added again: the template already holds { $email }.
notice-contact-without-email = { $name } was not filled in: the contact has no email address in HubSpot.
notice-no-contacts =
    { $record ->
        [company] The company has no contacts. Search for the people who should get it.
        [contact] The contact cannot be filled in. Search for the people who should get it.
       *[deal] The deal has no contacts. Search for the people who should get it.
    }
notice-company-contacts-offered =
    { $contacts ->
        [one] The company has { $contacts } contact. Choose who gets it.
       *[other] The company has { $contacts } contacts. Choose who gets it.
    }
add-recipient = Add a recipient
added-recipient = Added recipient
remove-recipient = Remove { $role }
move-up = Move { $role }, { $number }, up
move-down = Move { $role }, { $number }, down
type-of = Type of { $role }
recipients-locked = The template does not let you add, remove or reorder recipients.
role-locked = Locked by the template: only name and email can be changed.
role-required = Required by the template: this role cannot be removed.
role-dropped = { $role } was left out.
role-put-back = Put back
role-put-back-label = Put { $role } back
recipient-automatic = DocuSign fills this one in by itself.
more-for = More for { $role }
more-note = Private note
more-note-help = Only { $role } sees it, in the email and beside the documents.
more-code = Access code
more-code-help = Asked for before the documents open. Tell it another way than by email.
more-language = Language of the emails
more-language-own = As the sender has it
more-own-message = Own message for this recipient
more-hidden = Documents this recipient does not see
more-hidden-mine = has fields for this recipient
more-hidden-help = Hiding one limits the envelope: each signer then sees only documents they have something to do in.
not-available = Not available: the DocuSign account does not allow it. Ask your DocuSign administrator.
more-has = { $count ->
    [one] { $count } setting
   *[other] { $count } settings
}
beside = At the same time as number { $number }
drag = Drag { $role }, { $number }, to another place. Alt and the arrow keys move it, too.
moved = { $role } is number { $number } of { $of } now.
move-locked = The template does not let { $role } move there.
edit-person = Change name or email of { $name }
remove-person = Remove { $name }
person-of = Person for { $role }
search-instead = Search contacts instead
row-empty = Choose a contact, or remove the role.
contact-for = Contact for { $role }
contact-search = Search for a contact
contacts = Contacts
contacts-searching = Searching…
contacts-failed = The contacts could not be searched
contacts-failed-fix = Type on to try again, or type the person in.
contact-without-email = no email address in HubSpot
on-this-record =
    { $record ->
        [contact] this contact
        [company] on this company
       *[deal] on this deal
    }
somebody-else = Somebody who is not in HubSpot
somebody-called = Use “{ $text }” as a new recipient
somebody-fix = Name and email are typed in; no contact is created
kind-signers = Needs to sign
kind-carbonCopies = Receives a copy
kind-certifiedDeliveries = Must view it
kind-inPersonSigners = Signs in person
kind-agents = Manages later recipients
kind-editors = May edit the envelope
kind-intermediaries = Names later recipients
kind-witnesses = Witnesses

## Step 2: message

count-of = { $count } of { $max }
message-locked = The template does not let you change subject and message.
message-reset = Back to the template’s words
own-messages = Customise the email message for each recipient
own-messages-help = Each recipient then has a subject and message of their own.
own-subject = Own subject
own-message = Own message

## What a draft still needs

problem-wrong-template = The draft belongs to another template. Choose the template again.
problem-template-has-no-documents = The template has no documents, so there is nothing to sign.
problem-no-recipients = Nobody would sign it or get a copy. Add a recipient.
problem-too-many-recipients = An envelope can have at most { $max } recipients. Remove some.
problem-name-missing = Enter a name.
problem-name-too-long = A name can have at most { $max } characters.
problem-email-missing = Enter an email address.
problem-email-invalid = “{ $email }” is not an email address that DocuSign accepts.
problem-duplicate = This is the same person in the same role as number { $number }. Remove one of them.
problem-unknown-role = The template no longer has this role. Remove this recipient.
problem-role-twice = Number { $number } has this role already. Remove one of them.
problem-required-role-dropped = The template requires the role { $role }. Put it back.
problem-recipients-locked = The template does not let you add, remove or reorder recipients. Choose the template again to start over.
problem-role-locked = The template locks this role. Only name, email and access code can be changed; undo the rest.
problem-message-locked = The template does not let you change subject and message.
problem-subject-missing = Enter a subject.
problem-subject-too-long = The subject has { $chars } characters with names filled in; DocuSign takes { $max }.
problem-message-too-long = The message has { $chars } characters; DocuSign takes { $max }.
problem-own-subject-missing = Enter a subject.
problem-own-subject-too-long = The subject has { $chars } characters with names filled in; DocuSign takes { $max }.
problem-own-message-too-long = The message has { $chars } characters; DocuSign takes { $max }.
problem-note-too-long = The note has { $chars } characters; DocuSign takes { $max }.
problem-access-code-too-long = The access code has { $chars } characters; DocuSign takes { $max }.
problem-language-unknown = DocuSign does not know this language. Choose another.
problem-value-unknown = A value was written into a field that the template no longer has. Choose the template again.
problem-value-locked = The template does not let you change this field. Take your value back.
problem-value-too-long = The value has { $bytes } bytes; DocuSign takes { $max }. Shorten it.
problem-value-wrong-kind = The field does not take this value. Enter one that fits, or leave it empty.
problem-value-missing = The recipient could not finish without it. Enter a value.
problem-template-twice = The same template is in the envelope twice. Take one of them out.
problem-witness-alone = DocuSign only takes a witness that a template assigns to a signer. Choose another type.
problem-hidden-unknown = A document is hidden that is not in the envelope any more. Choose again what this recipient sees.
problem-hides-own-field = A document is hidden from this recipient that they have to fill in. Show it, or remove their fields from it.
problem-hides-everything = Every document is hidden from this recipient. Show at least one.
problem-option-out-of-range =
    { $option ->
        [reminders-first] The first reminder can come after 1 to 999 days.
        [reminders-every] Reminders can be repeated every 999 days at most.
        [reminders-at-most] There can be 1 to 999 reminders.
        [expiration-after] An envelope can expire after 1 to 999 days.
       *[expiration-warn] The warning can come 999 days before the end at most.
    }
problem-warns-too-early = The warning would come before the envelope is sent. Warn fewer days before the end.
problem-placed-nowhere = A field was placed where no document is any more. Place it again or remove it.
problem-placed-for-nobody = A field was placed for a recipient who is not there any more. Assign it to somebody else or remove it.
problem-placed-for-non-signer = A field was placed for somebody who does not sign. Assign it to a signer or remove it.
problem-placed-unedited = A field of your own needs documents that can be edited. Open Edit documents to make them so, or remove the field.

## Step 3: review, and after it

review-title = Review and send
message-title = Email
message-none = No message
own-title = Own messages
own-each = Each recipient has a subject and message of their own
sending = Sending…
send-to =
    { $count ->
        [one] Send to { $count } recipient
       *[other] Send to { $count } recipients
    }
sending-long = Documents and recipients are being handed to DocuSign. This window may stay open or be closed: the envelope is sent once, and the panel shows it.
send-failed = The envelope was not sent
send-unsettled-title = We do not know yet whether it was sent
sent-news = Sent
sent-title = { $name } is on its way
sent-next =
    { $count ->
        [one] { $names } has the email now. The panel shows when it is viewed and signed.
       *[other] { $names } have the email now. The panel shows when it is viewed and signed.
    }
send-another = Send another

## The draft

saving = Saving…
saved = Draft saved
saved-not = Not saved: { $reason }
save-and-close = Save and close
draft-opening = Opening the draft…
draft-unopened = The draft could not be opened
choose-another = Choose another template
draft-conflict-body = What you changed here since the last save is not saved. Go on with the version of the other window, or put yours in its place.
draft-take-theirs = Take the other version
draft-keep-mine = Keep mine
draft-gone-body = It was deleted in another window or in DocuSign. What you filled in is still here.
draft-keep = Save it again
draft-template-changed = The template was changed in DocuSign since this draft was saved. Look at recipients, documents and values again before sending.

## Beside the steps

stage = Preview
stage-nothing = Choose a template to see what is in it.
stage-nobody = Nobody yet
stage-mail = The email
mail-to = To
mail-note = This is the email as the first recipient gets it.

## The values in the template's fields

values-title = Merged values
values-open = { $count ->
    [0] All filled
    [one] { $count } to look at
   *[other] { $count } to look at
}
value-from = { $kind ->
    [deal] Deal
    [company] Company
   *[contact] Contact
} · { $property }
value-missing = { $kind ->
    [deal] The deal’s “{ $property }” is empty.
    [company] The company’s “{ $property }” is empty.
   *[contact] The contact’s “{ $property }” is empty.
}
value-wrong-kind = { $kind ->
    [deal] The deal’s “{ $property }” does not fit this field.
    [company] The company’s “{ $property }” does not fit this field.
   *[contact] The contact’s “{ $property }” does not fit this field.
}
value-too-long = { $kind ->
    [deal] The deal’s “{ $property }” is longer than DocuSign takes.
    [company] The company’s “{ $property }” is longer than DocuSign takes.
   *[contact] The contact’s “{ $property }” is longer than DocuSign takes.
}
value-unknown = HubSpot has no such property.
value-other-record = Filled only when sent from a record of that kind.
value-locked = The template does not let you change it.
value-own = Your own value
value-empty = Left blank
value-ticked = Ticked
value-unticked = Not ticked
value-change = Change
value-change-of = Change { $name }
value-undo = Undo

## Preview

preview-open = Open preview
preview-title = As seen by
preview-recipient = Recipient
preview-zoom-in = Zoom in
preview-zoom-out = Zoom out
preview-percent = { $percent } %
preview-close = Close the preview
preview-pages = Pages
preview-document = Document
preview-details = Email and fields of this recipient
preview-loading = Loading the pages…
preview-failed = The preview could not be loaded.
preview-page = Page { $page }
preview-page-of = { $document }, page { $page } of { $pages }
preview-page-failed = This page could not be loaded.
preview-to-fill-in = { $count ->
    [0] Nothing to fill in
    [one] { $count } field to fill in
   *[other] { $count } fields to fill in
}
preview-see-mail = See email
preview-see-pages = See pages
preview-fields-on = Fields on page { $page }
preview-fields-of = Fields of { $name }
preview-no-fields = Nothing on the pages is for this recipient to fill in.
preview-hidden = { $name } does not see { $documents }.
preview-note = Private note:
preview-own-fields-on = Fields added by you on page { $page }
preview-at-text = at “{ $text }”
placed-help = Arrow keys move it by one point, with Shift by ten. Delete removes it.
preview-signs-here = { $name } signs here
tab-signature = Sign
tab-initials = Initials
tab-date-signed = Date signed
tab-name = Name
tab-email = Email
tab-company = Company
tab-title = Job title
tab-envelope-id = Envelope ID
tab-field = Field

## The editor

edit-loading = Loading the editor…
edit-failed = The editor could not be loaded
edit-documents = Edit documents
edit-done = Done editing

## Options, as the review says them

options-changed = Otherwise than in the template
option-on = Yes
option-off = No
option-reassign = Pass it on to somebody else
option-comments = Comment
option-sign-on-paper = Sign on paper
option-sign-on-mobile = Sign on a phone
option-view-history = See the history
option-visibility = Limit what signers see
option-id-stamp = Envelope ID on every page
option-reminders = Remind who has not signed
reminders-none = No reminders
reminders-words = after { $first } days, then every { $second }
option-expiration = Void it when nobody signs
expiration-words = after { $first } days, warning { $second } before

## Hotkeys

hotkeys-title = Hotkeys
hotkeys-help = They work anywhere in this window, except while you type.
hotkeys-on = Hotkeys are on, for as long as this window is open
hotkey-options = Advanced options
hotkey-message = Edit message
hotkey-recipients = Edit recipients
hotkey-preview = Open or close the preview
hotkey-next-recipient = Next recipient in the preview
hotkey-previous-recipient = Previous recipient in the preview
hotkey-next-page = Next page
hotkey-previous-page = Previous page
hotkey-zoom = Larger, smaller, as it was

error-draft-conflict = This draft was changed in another window.
error-draft-conflict-fix = Go on with the version that was saved there, or keep this one instead.
error-draft-gone = This draft is gone. It was deleted here or in DocuSign.
error-draft-gone-fix = Start again from the template.
error-draft-sent-elsewhere = This draft was already sent from DocuSign’s own pages.
error-draft-sent-elsewhere-fix = Close this window. The envelope is in the panel.
error-draft-handed-over = This draft is being edited in DocuSign’s own editor.
error-draft-handed-over-fix = Finish or discard it there.
error-too-many-drafts = You have too many drafts to keep another one.
error-too-many-drafts-fix = Delete drafts that you no longer need, then go on here.
error-file-unreadable = DocuSign cannot read this file. It is empty, damaged, or not what its name says.
error-file-unreadable-fix = Open the file on your computer, save it again, and add it once more.
error-file-type-refused = DocuSign does not take this kind of file.
error-file-type-refused-fix = Save it as a PDF and add that.
error-file-protected = This PDF is protected by a password.
error-file-protected-fix = Save a copy without a password and add that.
error-draft-incomplete = Something is still missing. Nothing was sent.
error-draft-incomplete-fix = Fill in what is marked, then send again.
error-template-no-recipients = The template has no roles and no recipients. Nothing was sent.
error-template-no-recipients-fix = Ask the owner of the template or your DocuSign administrator to add a role.
error-template-no-documents = The template has no documents. Nothing was sent.
error-template-no-documents-fix = Ask the owner of the template or your DocuSign administrator to add a document.
error-idempotency-mismatch = This was already sent with other content. It was not sent again.
error-idempotency-mismatch-fix = Look in the panel for the envelope. To send another, start again from the panel.
back = Back
error-docusign-allowance-used-up = The DocuSign account has no envelopes left. Nothing was sent.
error-docusign-allowance-used-up-fix = Ask your DocuSign administrator to buy more, or wait for the next period.
