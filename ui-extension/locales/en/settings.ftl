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
