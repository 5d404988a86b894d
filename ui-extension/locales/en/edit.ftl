# What only the editor of documents and options says: fetched with it.

actions = Actions
action-message = Edit message
action-recipients = Edit recipients
options-title = Advanced options
continue-title = Continue in DocuSign
