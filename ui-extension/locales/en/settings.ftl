# What the settings say, beside what the whole app says.

error-not-admin = Only a HubSpot super admin may change this.
error-not-admin-fix = Ask a super admin of your HubSpot account.
error-settings-conflict = Somebody else saved these settings in the meantime. Yours were not saved.
error-settings-conflict-fix = Reload, look at what changed, and make your change again.
error-mapping-refused = The mappings were not saved.
error-mapping-refused-fix = Change what is marked, or pause it, then save again.
error-import-refused = The file cannot be read as mappings. Nothing was changed.
error-import-refused-fix = Choose a file that was exported here, and do not edit it by hand.
error-import-other-portal = The file comes from another HubSpot account. Nothing was changed.
error-import-other-portal-fix = Choose a file that was exported from this account.
error-key-refused = The key cannot be used.
error-key-refused-fix = Give it a name, and paste the key as DocuSign shows it: 16 to 256 characters, without spaces.
error-too-many-keys = There are ten keys already.
error-too-many-keys-fix = Remove one that is no longer used.
error-account-unknown = Your DocuSign user does not belong to this account any more.
error-account-unknown-fix = Connect again to see the accounts you have now.
error-uninstall-unconfirmed = This is neither the domain nor the number of this HubSpot account. Nothing was deleted.
error-uninstall-unconfirmed-fix = Type one of them as it is shown.
error-uninstall-busy = An envelope is being sent, and DocuSign has not confirmed it yet. Nothing was deleted.
error-uninstall-busy-fix = Try again in a few minutes.

## Errors of the whole app, in the words of the settings: nothing is sent from here, and no panel is open

stale-title = This session has ended
stale-body = Close this window, and open the settings again from HubSpot. What you saved is saved.
error-unauthorized-fix = Close this and open the settings again from HubSpot.
error-not-found = This does not exist any more.
error-not-found-fix = Reload the page of the settings and try again.
error-template-gone = The template was deleted, or your DocuSign user can no longer see it.
error-record-gone = The record was deleted or merged in HubSpot, or there is none with this number.
error-record-gone-fix = Choose another record.
error-not-connected-fix = Connect DocuSign on the page Connection, then try again.
error-must-reconnect = Your DocuSign sign-in has ended.
error-must-reconnect-fix = Choose Reconnect on the page Connection, then try again.
error-docusign-no-permission = Your DocuSign user is not allowed to do this.
error-docusign-no-permission-fix = Ask your DocuSign administrator for the right to do it.
error-docusign-account-suspended = The DocuSign account is suspended.
error-docusign-plan-lacks-feature = The DocuSign plan does not include this.
error-docusign-refused = DocuSign did not accept it.
error-docusign-refused-fix = Try again. If it goes on, give the code below to your administrator.
error-docusign-busy = DocuSign is busy.
error-hubspot-refused-fix = Try again. If it goes on, ask your HubSpot administrator.
error-too-large = This is more than can be taken at once. Nothing was changed.
error-too-large-fix = A file of mappings may be up to 256 kB. Choose a smaller one.

todo-install-again = The app was uninstalled in HubSpot. A HubSpot administrator must install it again.
todo-connect = Connect DocuSign.
todo-reconnect = The DocuSign sign-in has ended. Connect again.
todo-account-suspended = The DocuSign account is suspended. A DocuSign administrator must talk to DocuSign.
todo-missing-right = The DocuSign user may not send envelopes. A DocuSign administrator can allow it.

audit-installed = Installed the app
audit-uninstall-noticed = The app was uninstalled in HubSpot
audit-connected = Connected DocuSign
audit-disconnected = Disconnected DocuSign
audit-connection-died = A DocuSign sign-in ended
audit-account-switched = Switched the DocuSign account
audit-automation-chosen = Chose the connection for automation
audit-key-added = Added a security key
audit-key-removed = Removed a security key
audit-mappings-saved = Changed the mappings
audit-mappings-reset = Set the mappings back to the defaults
audit-mappings-imported = Imported mappings
audit-mappings-exported = Exported the mappings
audit-hs-fields-created = Created HubSpot fields in DocuSign
audit-preferences-saved = Changed the preferences
audit-audit-downloaded = Downloaded this list
audit-outbox-retried = Had what was not done tried again
audit-index-downloaded = Downloaded the envelopes

mapping-malformed = It is incomplete, or its names are too long.
mapping-too-many = There are more than 200 mappings.
mapping-unknown-field = DocuSign has no such field yet.
mapping-ambiguous-field = Two custom fields in DocuSign have this tooltip. Rename one of them there.
mapping-unknown-property = HubSpot has no such property.
mapping-duplicate-field = Another mapping fills the same DocuSign field.
mapping-duplicate-property = Another mapping writes to the same HubSpot property.
mapping-cannot-send = What this property holds does not fit such a DocuSign field.
mapping-cannot-write-back = What is entered in this DocuSign field does not fit the property.
mapping-read-only = HubSpot does not let anybody write to this property.
mapping-calculated = HubSpot calculates this property. It cannot be written to.
mapping-hidden = This property is hidden in HubSpot.
mapping-sensitive = This property is marked as sensitive in HubSpot. It is never read or written.
mapping-owner-read-only = An owner can be read, not written to.
mapping-no-such-way = Such a record has no other record of this kind beside it.
mapping-loop = Values would travel in a circle and change with every envelope.

## The frame of the settings

settings = Settings
settings-page = Page of the settings
settings-loading = Loading settings…
settings-failed = The settings could not be loaded
admin-no = HubSpot super admins see and change the settings for everybody. Ask one of yours if something should be different.
admin-unknown = HubSpot did not tell whether you are a super admin
cancel = Cancel
subject-connection = Connection
subject-users = Connected users
intro-connection = Which DocuSign user and account you send from, and whether both sides answer.
intro-users = Each HubSpot user sends as their own DocuSign user. Here you see who can, and who must sign in again.

## Connection

state-connected = Connected
state-attention = Needs attention
state-reconnect = Must sign in again
state-none = Not connected
state-uninstalled = Not installed
docusign-account = DocuSign account
account-label = Account
account-id = no. { $id }
signed-in-as = Signed in as
name-and-email = { $name }, { $email }
since = Since
last-used = Last used
never-used = Not yet
good-until = Sign-in good until
good-until-help = It is renewed by itself before then.
under-way = Envelopes under way
under-way-count = { $count }
automation = Automation
automation-yes = Uses this connection
automation-no = Does not use this connection
switch-account = Switch account…
check-connection = Check the connection
checked-connection = DocuSign was asked. What you see is up to date.
hubspot-portal = HubSpot account
portal-label = Account
portal-number = no. { $id }
installed = Installed
you-are = You are
permits = What you may do
permit-send = Send envelopes and use templates
permit-send-no = You cannot send envelopes.
permit-send-who = A DocuSign administrator can change this.
permit-manage = Change these settings for everybody
permit-manage-no = Change your own connection and language, nothing for everybody.
permit-manage-unknown = It is not known whether you may change settings for everybody.
permit-manage-who = A HubSpot super admin can change this.
disconnect = Disconnect
disconnect-ask = Disconnect…
disconnect-short = Takes your DocuSign sign-in away from here. Envelopes that were sent go on.
disconnect-title = Disconnect DocuSign?
disconnect-whom = Disconnect { $email }?
disconnect-sending = You cannot send, remind or void from HubSpot until you connect again.
disconnect-sending-theirs = They cannot send, remind or void from HubSpot until they connect again.
disconnect-automation = Automation uses this connection. It stops until another one is chosen.
disconnect-stays =
    { $count ->
        [0] No envelope is under way. What was sent stays in DocuSign and in the panels.
        [one] { $count } envelope under way goes on in DocuSign, and its panel still follows it.
       *[other] { $count } envelopes under way go on in DocuSign, and their panels still follow them.
    }
disconnect-consent = The sign-in is deleted here. To take the consent back at DocuSign as well: My profile, Connected apps.
keep-connection = Keep the connection
disconnected = DocuSign is disconnected.
switch-title = Switch the DocuSign account
switch-legend = Account to send from
account-default = Default account
account-now = Sending from here now
switch-new = From now on, your templates come from the chosen account, and your envelopes are sent from it.
switch-stays =
    { $count ->
        [0] No envelope is under way in { $name }.
        [one] { $count } envelope under way in { $name } stays visible and is followed. To remind, void or download it, switch back.
       *[other] { $count } envelopes under way in { $name } stay visible and are followed. To remind, void or download them, switch back.
    }
switch-same = This is the account you send from already. Choose another one.
switch = Switch account
switched = The account was switched.

## Connected users

users-search = Search users
users-search-in = Search { $count } users
users-empty = Nobody is connected yet. Everybody connects their own DocuSign user from a record's panel or here.
users-none-found = No user matches.
users-total =
    { $total ->
        [one] { $total } user in all
       *[other] { $total } users in all
    }
first-page = First page
next-page = Next page
column-user = HubSpot user
column-docusign = DocuSign user
column-status = Status
column-actions = Actions
automation-use = Use for automation
automation-stop = Stop using for automation
automation-row = Automation uses this connection
automation-given = Automation uses this connection from now on.
automation-taken = Automation uses no connection now.
that-is-you = You

## Parts of forms

choose-type = Type to search
choose-none = Nothing matches.
choose-failed = The list could not be loaded. Close this and try again.
copy = Copy
copied = Copied.
copy-by-hand = It is selected. Copy it with the keyboard.
reload = Reload
download = Download
remove-ask = Remove…
column-when = When
column-what = What
column-who = Who
column-about = About
column-result = Result
object-contact = Contact
object-company = Company
object-deal = Deal

## HMAC keys

subject-keys = HMAC keys
intro-keys = DocuSign signs each status message. Here are this HubSpot account's own keys, and whether the last messages were genuine.
key-add = Add a key
keys-none = Nothing needs to be done
keys-none-help = Envelopes sent from here are signed with the integration's own keys. Add one only if your DocuSign administrator makes a Connect configuration of their own.
key = Key
key-end = Ends in
key-last = Last verified
key-in-use = In use
key-waiting = Waiting for the first message
key-added = Added
deliveries = Last messages from DocuSign
deliveries-help = The last twenty, and whose key they were signed with. What they say is not kept.
deliveries-test = Look again
deliveries-read = The list is up to date.
deliveries-none = No message has arrived yet.
deliveries-refused =
    { $count ->
        [one] { $count } message was refused: its signature fits no key that is here.
       *[other] { $count } messages were refused: their signatures fit no key that is here.
    }
signed-integration = Verified with the integration's key
signed-portal = Verified with “{ $name }”
signed-gone = Verified with a key that was removed since
signed-nobody = Refused: signed with no known key
rotate = How to change a key without losing a message
rotate-1 = Add the new key here. Several may be active at once.
rotate-2 = In DocuSign: Settings, Connect, Connect keys. Add the same key there.
rotate-3 = Wait until the new key is in use here. Then remove the old one in DocuSign.
rotate-4 = When the old key is no longer seen, remove it here.
connect-url = Address for a Connect configuration in DocuSign
key-add-title = Add an HMAC key
key-name = Name
key-name-wrong = Give it a name of up to 80 characters.
key-way = Where the key comes from
key-paste = Paste one that DocuSign made
key-paste-help = In DocuSign: Settings, Connect, Connect keys, Add secret key.
key-make = Have one made here
key-make-help = It is shown once, for you to paste into DocuSign.
key-wrong = This is not a DocuSign key: 16 to 256 characters, without spaces. Copy it again; DocuSign shows it only once.
key-add-now = Add the key
key-shown-once = Paste this into DocuSign now. It is stored sealed, and never shown again.
key-copied = I have copied it
key-is-added = The key was added.
key-is-removed = The key was removed.
key-remove-title = Remove “{ $name }”?
key-remove-help = Messages that DocuSign signs with it are refused from then on, and their statuses are missed.
key-remove-seen = A message was last verified with it
key-remove-unseen = No message was ever verified with it.
key-keep = Keep the key
key-remove = Remove the key

## Property mappings

subject-mappings = Property mappings
intro-mappings = Which HubSpot value fills which DocuSign field, and which signed value comes back to HubSpot.
mappings-of = Kind of record
mappings-default = These are the defaults. They work without any change.
mappings-empty =
    { $record ->
        [contact] No field is mapped for contacts.
        [company] No field is mapped for companies.
       *[deal] No field is mapped for deals.
    }
docusign-field = DocuSign field
hubspot-property = HubSpot property
direction = Direction
direction-to-docusign = To document
direction-to-hubspot = To HubSpot
direction-both = Both ways
sentence-to-docusign = Filled in when the envelope is sent.
sentence-to-hubspot = Written to HubSpot when everybody has signed.
sentence-both = Filled in when sent, and what was signed is written back.
field-account = Custom field
field-template = Field of a template
field-of-roles = Field of { $names }
field-called = Use “{ $text }” as the name of a custom field
tab-textTabs = Text
tab-numberTabs = Number
tab-numericalTabs = Number
tab-dateTabs = Date
tab-emailTabs = Email
tab-checkboxTabs = Checkbox
tab-listTabs = List
tab-radioGroupTabs = Radio buttons
tab-other = Other kind of field
holds-text = Text
holds-number = Number
holds-money = Money
holds-yes-no = Yes or no
holds-date = Date
holds-date-time = Date and time
holds-options = Options
holds-reference = Reference
via-record = This record
via-company = Its company
via-contact = Its primary contact
via-owner = Its owner
owner-name = Name
owner-firstname = First name
owner-lastname = Last name
owner-email = Email
mapping-add = Add a mapping
mapping-add-title = Add a mapping
mapping-edit-title = Change the mapping
mapping-edit = Edit
mapping-pause = Pause
mapping-resume = Resume
mapping-remove = Remove
mapping-is-paused = Paused
mapping-paused = The mapping is paused.
mapping-resumed = The mapping works again.
mapping-removed = The mapping was removed.
mapping-saved = The mapping was saved.
mapping-save = Save the mapping
mapping-incomplete = Choose a field and a property from the lists.
fields-of-template = To find a template's own fields, choose the template
whose-property = Whose property
conflict = When there is a value already
conflict-overwrite = Write over it
conflict-keep = Keep it
when-written = Written back
when-completed = when everybody is done
when-signed = as soon as the recipient has signed
mappings-export = Export
mappings-exported = The mappings were saved as a file.
mappings-import = Import…
mappings-import-title = Import mappings
mappings-import-help = All mappings are replaced by those in the file. If anything in it is wrong, nothing changes.
mappings-import-now = Replace all mappings
mappings-imported = The mappings were imported.
mappings-reset = Reset to defaults…
mappings-reset-title = Reset all mappings?
mappings-reset-help = Every mapping of contacts, companies and deals is replaced by the defaults. Export them first to be able to go back.
mappings-reset-now = Reset all mappings
mappings-were-reset = The mappings are the defaults again.
mappings-keep = Keep mine
try-it = Try it
try-record-contact = Contact: its number, or its address in HubSpot
try-record-company = Company: its number, or its address in HubSpot
try-record-deal = Deal: its number, or its address in HubSpot
try-record-wrong = There is no record number in this. Copy the address of the record's page in HubSpot.
try-template-missing = Choose a template from the list.
try-now = Show the values
try-harmless = Nothing is written while you try.
template-owner = Owner: { $name }
tried-from = From { $name }
tried-none = The template has no field that is filled from HubSpot.
tried-too-long = Too long:
tried-wrong-kind = Does not fit the field:
tried-missing = Empty on the record
tried-unknown = HubSpot has no such property
tried-other-record = Belongs to another kind of record

## HubSpot fields

subject-hs-fields = HubSpot fields
intro-hs-fields = Custom fields in DocuSign whose names begin with HS. Template authors drag them in; they are filled from HubSpot when an envelope is sent.
hs-fields-make = Create or update the fields
hs-fields-done = DocuSign has answered for each field.
hs-last = The last time
hs-summary = { $count } created, { $shown } kept, { $total } could not be created.
hs-created = Created
hs-kept = Was there, kept
hs-updated = Made usable for everybody
hs-failed = Could not be created
hs-failed-some = Some fields could not be created
hs-which =
    { $count ->
        [one] The { $count } field
       *[other] The { $count } fields
    }
hs-add = Add fields for more properties
hs-add-help = Each property gets a field of its own. Fields that are there are never changed or deleted.
hs-object = Kind of record
hs-add-now = Add
hs-add-then = They are made with “Create or update the fields”.

## Preferences

subject-preferences = Preferences
intro-preferences = Your language, and what holds for every envelope unless its template says otherwise.
for-you = For you
language = Language
language-hubspot = As HubSpot
language-help = Only you see it. Envelopes keep the language of each recipient.
language-later = HubSpot's language counts from the next time you open this.
preferences-reminders = Reminders and expiration
reminders-on = Remind recipients
reminders-help = Where the template has no reminders of its own.
preferences-first = Days until the first
reminders-then = Days between others
preferences-most = At most (empty: no limit)
reminders-wrong = Days are whole numbers up to 999, and at most means at least 1.
expiration-on = Let envelopes expire
expiration-help = Where the template does not say when.
expiration-days = Days until it expires
expiration-warning = Days of warning before
expiration-wrong = Days are whole numbers from 1 to 999, and the warning comes before the end.
preferences-record = On the record
preferences-record-help = Kept for the day this is written: nothing writes notes or files PDFs yet.
notes-legend = Write a note when an envelope is
note-sent = Sent
note-viewed = Viewed
note-completed = Completed
note-declined = Declined
note-voided = Voided
file-signed = File the signed PDF on the record
preferences-retention = How long envelopes are listed
retention-on = Take envelopes that are over out of the list
retention-help = Only here: in DocuSign they stay.
retention-days = Days after their end
retention-wrong = 30 to 3,650 days.
save-for-everybody = Save for everybody
preferences-saved = The preferences were saved.

## History

subject-history = History
intro-history = Who changed which setting, and when.
all-actions = Everything
all-users = Everybody
from-day = From
to-day = To
clear-filter = Clear the filter
history-empty = Nothing was changed yet.
history-none-found = Nothing matches the filter.
history-saved = The list was saved as a file.
by-itself = By itself
show-older = Show older

## Not done

subject-outbox = Not done
intro-outbox = What an envelope should have brought to HubSpot, and could not: why, and who can mend it.
outbox-empty = Everything was done.
outbox-waiting = { $count ->
    [one] One more is on its way.
   *[other] { $count } more are on their way.
}
outbox-more = { $count ->
    [one] One older entry is not shown.
   *[other] { $count } older entries are not shown.
}
outbox-paused = Paused
outbox-paused-help = Nearly all calls that HubSpot or DocuSign allow were made. What is left is kept for sending; the rest goes on
outbox-why = Why
outbox-stuck = Not done
outbox-partly = Done in part
outbox-again = Will be tried again
outbox-next = Next try
outbox-retry = Try again
outbox-retry-all = Try all again
outbox-retried = It is being tried again.
outbox-look-again = Look again
not-done-status = The status on the record
not-done-note = A note on the record
not-done-filing = The signed documents on the record
not-done-values = Values written back
not-done-properties = The properties for the status
not-written-no-number = what was entered is no number
not-written-no-date = what was entered is no date that can be read without doubt
not-written-no-yes-or-no = what was entered is neither yes nor no
not-written-no-option = what was entered is none of the property's options
not-written-not-writable = HubSpot lets nobody write this property
not-written-property-gone = the property is archived or deleted in HubSpot
not-written-no-record = there is no such record beside this one
not-written-refused = HubSpot did not take the value

## Uninstall

subject-uninstall = Uninstall
intro-uninstall = Ends the connection between this HubSpot account and DocuSign for everybody, and deletes what is kept here.
index-save = Download the list of envelopes
index-saved = The list was saved as a file.
uninstall-sending =
    { $count ->
        [one] { $count } envelope is being sent
       *[other] { $count } envelopes are being sent
    }
uninstall-sending-help = Until DocuSign has confirmed it, uninstalling is refused, so that nothing is sent that nobody knows of.
look-again = Look again
uninstall-gone = What is deleted
uninstall-connections =
    { $count ->
        [one] { $count } DocuSign sign-in, and the app's access to HubSpot
       *[other] { $count } DocuSign sign-ins, and the app's access to HubSpot
    }
uninstall-index =
    { $count ->
        [one] Our list of { $count } envelope, of which { $total } under way
       *[other] Our list of { $count } envelopes, of which { $total } under way
    }
uninstall-drafts =
    { $count ->
        [one] { $count } draft
       *[other] { $count } drafts
    }
uninstall-settings = { $shown } mappings, { $count } keys, the preferences, and { $total } lines of history
uninstall-stays = What stays
uninstall-stays-docusign =
    { $count ->
        [0] Envelopes, documents and custom fields in DocuSign
        [one] Envelopes, documents and custom fields in DocuSign; { $count } under way goes on, and nobody follows it here
       *[other] Envelopes, documents and custom fields in DocuSign; { $count } under way go on, and nobody follows them here
    }
uninstall-stays-hubspot = Records, notes and files in HubSpot
uninstall-type = Type { $name } to confirm
uninstall-now = Uninstall for everybody
uninstalled = The app is uninstalled
uninstalled-connections =
    { $count ->
        [one] { $count } sign-in was deleted, with everything else that was kept here.
       *[other] { $count } sign-ins were deleted, with everything else that was kept here.
    }
uninstalled-hubspot = HubSpot could not be told. Uninstall the app there, too: Settings, Connected apps.
uninstalled-close = You can close this window. To start again, install the app from HubSpot.
