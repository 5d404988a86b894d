# Det, som kun redigeringen af dokumenter og indstillinger siger: hentes sammen med den.

actions = Handlinger
action-message = Redigér besked
action-recipients = Redigér modtagere
options-title = Avancerede indstillinger
continue-title = Fortsæt i DocuSign
