# Plain, short, sentence case. A problem says what happened, what was not done, and who can do what next.

title = DocuSign
close = Close
next = Next
try-again = Try again
template = Template

## Opening

stale-title = Open the panel again from HubSpot
stale-body = For your safety this frame can be opened only once. Close it, or reload the HubSpot page, and open DocuSign on the record again.
open-failed = DocuSign could not be opened
over-title = You can close this window
over-body = The panel on the record shows what happens next.
wizard-loading = Opening…
wizard-unloaded = This part could not be loaded
back-to-panel = Back to the panel

## Panel

panel-loading = Loading envelopes…
panel-failed = The envelopes could not be loaded
panel-empty =
    { $record ->
        [contact] Nothing has been sent from this contact yet.
        [company] Nothing has been sent from this company yet.
       *[deal] Nothing has been sent from this deal yet.
    }
panel-search = Search envelopes
panel-shown = { $shown } of { $total } shown
show-more = Show more
refresh = Refresh
synced = Synced { $ago }
send-from-template = Send from a template
group-attention = Needs attention
group-progress = In progress
group-completed = Completed
denied-title = You cannot send with DocuSign
line-lost = Live updates are interrupted
line-lost-fix = What you see may be out of date. We keep trying to reconnect; nothing is lost.
live-connected = DocuSign is connected.
live-changed = { $name }: { $status }
live-attention = { $name } needs attention: { $status }

## Drafts

resume = Resume
delete = Delete
delete-draft = Delete this draft?
keep = Keep
draft-elsewhere = Being edited in DocuSign
open-in-docusign = Open in DocuSign

## Connecting

connect = Connect DocuSign
connect-why = Connect your DocuSign user to send and follow envelopes from here.
connect-how = Opens DocuSign in a new window. You need a DocuSign user with permission to send.
connect-by-hand = The window was blocked. Open DocuSign here.
reconnect = Reconnect
reconnect-title = Your DocuSign sign-in has ended
reconnect-body = Statuses still arrive. To send, sign in again.
not-connected = DocuSign is not connected

## Menu and help

menu = Account, language and help
account = Account { $name }
hubspot-user = HubSpot user { $email }
help = Help
help-send = “Send from a template” takes a DocuSign template, fills in the people of this record, and sends it for signature.
help-follow = The panel follows every envelope by itself. Open a row to see each recipient in order.
help-stuck = If something goes wrong, the message says who can fix it. Give them the code at its end.

## Status of an envelope

status-draft = Draft
status-sending = Sending
status-sent = Sent
status-viewed = Viewed
status-partial = { $signed } of { $of } signed
status-completed = Completed
status-declined = Declined
status-voided = Voided
status-expired = Expired
status-bounced = Not delivered
status-correct = Being corrected
status-other = DocuSign says “{ $name }”
sending-unsettled = DocuSign has not confirmed it yet.
declined-because = { $name }: “{ $reason }”
declined-silently = { $name } declined without a reason.
bounced = { $email } does not accept mail.
recipients-in-order = Recipients in order

## Status of a recipient, after the name

recipient-waiting = not yet their turn
recipient-sent = has the email, not opened
recipient-viewed = viewed, not signed
recipient-opened = viewed
recipient-signed = signed
recipient-done = done
recipient-declined = declined
recipient-bounced = could not be reached
recipient-other = { $name }
recipient-next = Next, { $standing }:
recipient-is = { $standing }:

## Errors: what happened, and the next step

error-code = Code { $code }
error-code-and-id = Code { $code }, support id { $id }
error-field = It is about: { $field }
error-retry-after =
    { $seconds ->
        [one] Wait { $seconds } second.
       *[other] Wait { $seconds } seconds.
    }
error-network = There was no answer.
error-network-fix = Check your connection and try again.
error-bad-request = The request was not understood.
error-bad-request-fix = Close this and open it again from HubSpot.
error-unauthorized = This session has ended.
error-unauthorized-fix = Open the panel again from HubSpot.
error-not-found = This does not exist, or it belongs to another record.
error-not-found-fix = Refresh the panel and try again.
error-template-gone = The template was deleted, or your DocuSign user can no longer see it. Nothing was sent.
error-template-gone-fix = Choose another template, or ask its owner to share it with you.
error-record-gone = The record was deleted or merged in HubSpot.
error-record-gone-fix = Open DocuSign from the record that replaced it.
error-not-connected = DocuSign is not connected.
error-not-connected-fix = Connect DocuSign from the panel, then try again.
error-must-reconnect = Your DocuSign sign-in has ended. Nothing was sent.
error-must-reconnect-fix = Choose Reconnect in the panel, then try again.
error-not-installed = The app is no longer installed in this HubSpot account.
error-not-installed-fix = Ask your HubSpot administrator to install it again.
error-hubspot-missing-scope = The app lacks a permission in HubSpot.
error-hubspot-missing-scope-fix = Ask your HubSpot administrator to install the app again and accept the permissions.
error-docusign-no-permission = Your DocuSign user is not allowed to do this. Nothing was sent.
error-docusign-no-permission-fix = Ask your DocuSign administrator for a permission profile that may send envelopes.
error-docusign-account-suspended = The DocuSign account is suspended. Nothing was sent.
error-docusign-account-suspended-fix = Ask your DocuSign administrator to contact DocuSign.
error-docusign-plan-lacks-feature = The DocuSign plan does not include this. Nothing was sent.
error-docusign-plan-lacks-feature-fix = Ask your DocuSign administrator about the plan.
error-docusign-refused = DocuSign did not accept it. Nothing was sent.
error-docusign-refused-fix = Check recipients, subject and message, then send again.
error-docusign-busy = DocuSign is busy. Nothing was sent.
error-docusign-busy-fix = Try again in a moment.
error-docusign-unreachable = DocuSign does not answer.
error-docusign-unreachable-fix = Try again in a moment.
error-hubspot-busy = HubSpot is busy.
error-hubspot-busy-fix = Try again in a moment.
error-hubspot-unreachable = HubSpot does not answer.
error-hubspot-unreachable-fix = Try again in a moment.
error-hubspot-refused = HubSpot did not accept the request.
error-hubspot-refused-fix = Reload the record. If it goes on, ask your HubSpot administrator.
error-send-unsettled = DocuSign has not confirmed the envelope yet.
error-send-unsettled-fix = Try again at no risk: it is never sent twice. The panel shows it as soon as it is known.
error-too-large = This is more than can be taken at once. Nothing was sent.
error-too-large-fix = Shorten the messages and try again.
error-internal = Something went wrong on our side.
error-internal-fix = Try again. If it goes on, give the code below to your administrator.
