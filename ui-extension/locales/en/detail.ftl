# One envelope, opened: its recipients, what can be done with it, its history; and the search through all of them.

quoted = “{ $text }”
voided-because = Reason: “{ $reason }”
completed-note = Everybody has signed.
sent-by = Sent by
last-synced = Last synced
detail-failed = The envelope could not be opened
detail-actions = What can be done

remind =
    { $count ->
        [one] Remind
       *[other] Remind { $count } people
    }
remind-name = Remind { $name }
reminded =
    { $count ->
        [one] The reminder is on its way.
       *[other] { $count } reminders are on their way.
    }
correct-open = Correct…
papers-open = Download…
void-open = Void…
send-again = Send again
copy-link = Copy link
link-of-envelope = Link to the envelope in DocuSign
link-copied = Copied. Whoever opens it signs in to DocuSign.
link-by-hand = Copy the selected link.

## Why something is not possible

not-possible-now = Not possible now
not-yours = Your DocuSign user may not do this with this envelope. Ask { $sender }, who sent it, or your DocuSign administrator.
why-unsettled = DocuSign has not confirmed this envelope yet. Wait a moment.
why-draft = It is a draft in DocuSign and was not sent. Open it in DocuSign to go on.
why-being-corrected = Somebody has it open for correction in DocuSign, and nobody can sign meanwhile. It ends there: open it in DocuSign.
why-completed = Everybody has signed: nothing is left to remind, correct or void.
why-declined = It was declined: it cannot be reminded, corrected or voided. Send it again instead.
why-voided = It was voided: it cannot be reminded, corrected or voided. Send it again instead.
why-out-of-reach = DocuSign has put this out of reach: it was deleted there, or is in a state that is not known here.
why-not-completed = The certificate comes with the last signature.
why-nobody-waits = Nobody can be reminded: nobody has it in their inbox now.
why-bounced = The address takes no mail. Correct it, and the mail is sent to the new one.
why-has-acted = is done and cannot be changed any more.
why-not-their-turn = It is not their turn yet.
why-too-soon = Reminded within the hour. The next reminder is possible { $ahead } ({ $at }).
why-nobody-to-correct = Everybody is done: nobody is left to correct.
why-not-installed = The app is no longer installed. Ask your HubSpot administrator to install it again.
why-not-connected = Connect DocuSign to remind, correct, void or download.
why-must-reconnect = Your DocuSign sign-in has ended. Reconnect to remind, correct, void or download.
why-other-account = It is in another DocuSign account than the one you work in. Switch the account in the settings of the app.
why-template-unknown = Which template it was sent from is not known here. Choose it under “Send from a template”.
why-stale = It has changed at DocuSign meanwhile, so nothing was done. What you see now is how it stands.

## Voiding

void-title = Void this envelope?
void-body = Nobody can sign it any more, and everybody who has it is told why. This cannot be undone.
void-reason = Reason, told to the recipients
void-templates = Reasons to begin with
void-mistake = It was sent by mistake.
void-changed = The terms have changed.
void-replaced = A new version replaces it.
void-off = The agreement is off.
void-reason-missing = Give a reason: the recipients read it.
of-most = { $count } of { $most }
void-cancel = Keep it
void-now = Void the envelope
voided-done = The envelope is voided.

## Correcting

correct-title = Correct the envelope
correct-body = Whoever gets a new address gets the mail there at once, if it is their turn. The old link no longer works.
correct-name = Name
correct-email = Email
correct-order = Signing order
correct-subject = Subject
correct-message = New message
correct-message-foot = Empty: the message stays as it is. Mails that were sent already do not change.
correct-cancel = Cancel
correct-now = Save the correction
corrected-done = The correction is saved.
wrong-nothing-changed = Nothing is changed yet.
wrong-not-correctable = This person is done and cannot be changed.
wrong-name-missing = A name is missing.
wrong-name-too-long = The name is longer than 100 characters.
wrong-email-invalid = This is no email address that DocuSign takes.
wrong-order-fixed = It is this person’s turn already: the order stays.
wrong-order-out-of-range = Nobody can be put before those whose turn it is now.
wrong-subject-missing = A subject is missing.
wrong-subject-too-long = The subject is longer than 100 characters.
wrong-message-too-long = The message is longer than 10,000 characters.

## Papers

papers-title = Download
papers-combined = All documents as one PDF
papers-certificate = Certificate of completion
papers-each = Choose a document…
papers-saving = Fetching from DocuSign…
papers-saved = Your browser has it.

## History

history = History
history-all = All { $count } entries
somebody = Somebody
about-combined = all documents
about-certificate = the certificate
about-document = document { $number }
did-sent = { $by } sent it
did-sent-elsewhere = It was sent from DocuSign
did-reminded = { $by } reminded { $name }
did-corrected = { $by } corrected it
did-voided = { $by } voided it
did-downloaded = { $by } downloaded { $about }
told-envelope-created = It was created in DocuSign
told-envelope-sent = It was sent
told-envelope-completed = It is completed
told-envelope-declined = It ended with the refusal
told-envelope-voided = It was voided or has expired
told-envelope-corrected = It was corrected in DocuSign
told-envelope-purge = DocuSign has deleted its documents
told-envelope-deleted = It was deleted in DocuSign
told-recipient-sent = { $name } got the mail
told-recipient-resent = { $name } got the mail again
told-recipient-delivered = { $name } opened it
told-recipient-completed = { $name } is done
told-recipient-declined = { $name } declined
told-recipient-autoresponded = The mail to { $name } came back
told-recipient-authenticationfailed = { $name } could not prove who they are
told-recipient-reassign = { $name } passed it on to somebody else
told-other = DocuSign says “{ $what }”
audit-ask = Ask DocuSign for its history
audit-title = DocuSign’s own history
audit-asked = In DocuSign’s words, asked for

## Finding

find-title = Find an envelope
find-close = Back to the list
find-hint = Subject, template, name or email
find-filter = Which envelopes
find-all = All
find-groups = What is to be done
find-statuses = Status
find-order = Order
find-by-need = What needs you first
find-by-change = Last changed first
find-count =
    { $count ->
        [one] { $count } envelope found
       *[other] { $count } envelopes found
    }
face-sent = Sent
face-viewed = Viewed
face-partial = Partly signed
face-completed = Completed
face-declined = Declined
face-bounced = Not delivered
face-voided = Voided
face-correct = Being corrected

## Errors

error-not-possible = This is not possible as the envelope stands now. Nothing was changed.
error-not-possible-fix = What you see now is how it stands.
error-action-unsettled = DocuSign has not confirmed it. It may have been done, and is not done twice.
error-action-unsettled-fix = Wait a moment: the history below shows it as soon as DocuSign has told.
